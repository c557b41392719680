//! Transactions: kept or undone as a whole, nested, shared, retried, ended.

use futures_util::future::{BoxFuture, try_join_all};
use relvar::prelude::*;
use relvar::{Error, ErrorKind, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::place::{Place, everywhere};
use crate::tables::{User, create_users, user};

everywhere!(
    kept_or_undone,
    savepoints_nest,
    a_nested_closure_is_undone_alone,
    a_handle_is_of_no_use_after_the_end,
    after_a_failed_statement,
    hooks_run_after_a_commit_only,
    read_only_refuses_writes,
    a_handle_serves_several_tasks,
    one_function_serves_all_executors,
    a_repository_behind_a_trait,
    a_closure_can_be_spawned_and_fail_with_an_error_of_its_own,
);

async fn names<E: Executor<Portable>>(executor: E) -> Vec<String> {
    User::query().order_by(|u| u.name.asc()).select(|u| u.name).all(executor).await.unwrap()
}

async fn prepared(place: &Place) -> AnyDb {
    let db = place.connect().await;
    create_users(&db).await;
    db
}

async fn kept_or_undone(place: &Place) {
    let db = prepared(place).await;
    let tx = db.begin().await.unwrap();
    User::insert(user("kept")).execute(&tx).await.unwrap();
    if let Some(seen) = place.scalar("SELECT count(*) FROM users") {
        assert_eq!(seen, "0", "nobody else sees it before the commit");
    }
    tx.commit().await.unwrap();
    let tx = db.begin().await.unwrap();
    User::insert(user("undone")).execute(&tx).await.unwrap();
    tx.rollback().await.unwrap();
    let failed: Result<()> = db
        .transaction(|tx| async move {
            User::insert(user("undone")).execute(&tx).await?;
            Err(Error::new(ErrorKind::NoRow))
        })
        .await;
    assert!(failed.unwrap_err().is_no_row());
    assert_eq!(names(&db).await, ["kept"]);
}

async fn savepoints_nest(place: &Place) {
    let db = prepared(place).await;
    let tx = db.begin().await.unwrap();
    User::insert(user("0")).execute(&tx).await.unwrap();
    let one = tx.begin().await.unwrap();
    User::insert(user("1")).execute(&one).await.unwrap();
    let two = one.begin().await.unwrap();
    User::insert(user("2")).execute(&two).await.unwrap();
    let three = two.begin().await.unwrap();
    User::insert(user("3")).execute(&three).await.unwrap();
    assert_eq!(names(&three).await, ["0", "1", "2", "3"]);
    three.rollback().await.unwrap();
    assert_eq!(names(&two).await, ["0", "1", "2"]);
    two.commit().await.unwrap();
    let again = one.begin().await.unwrap();
    User::insert(user("4")).execute(&again).await.unwrap();
    drop(again);
    assert_eq!(names(&one).await, ["0", "1", "2"]);
    one.rollback().await.unwrap();
    let last = tx.begin().await.unwrap();
    User::insert(user("5")).execute(&last).await.unwrap();
    last.commit().await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(names(&db).await, ["0", "5"]);
}

async fn a_nested_closure_is_undone_alone(place: &Place) {
    let db = prepared(place).await;
    db.transaction(|tx| async move {
        User::insert(user("a")).execute(&tx).await?;
        let twice = tx.transaction(|inner| async move {
            User::insert(user("b")).execute(&inner).await?;
            // breaks a unique key, after which a server takes no more statements up to a savepoint
            User::insert(user("a")).execute(&inner).await
        });
        assert!(twice.await.unwrap_err().is_unique_violation());
        tx.transaction(|inner| async move { User::insert(user("c")).execute(&inner).await }).await?;
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(names(&db).await, ["a", "c"]);
}

async fn a_handle_is_of_no_use_after_the_end(place: &Place) {
    let db = prepared(place).await;
    let ended = |error: Error| assert!(matches!(error.kind(), ErrorKind::TransactionEnded), "{error}");
    for commit in [true, false] {
        let tx = db.begin().await.unwrap();
        let nested = tx.begin().await.unwrap();
        let other = tx.clone();
        if commit {
            tx.commit().await.unwrap()
        } else {
            tx.rollback().await.unwrap()
        }
        ended(User::insert(user("late")).execute(&other).await.unwrap_err());
        ended(User::query().all(&nested).await.unwrap_err());
        ended(nested.commit().await.unwrap_err());
        ended(other.clone().begin().await.unwrap_err());
        ended(other.clone().rollback().await.unwrap_err());
        ended(other.commit().await.unwrap_err());
    }
    // a handle carried out of the closure
    let kept = db.transaction(|tx| async move { Ok::<_, Error>(tx) }).await.unwrap();
    ended(User::insert(user("late")).execute(&kept).await.unwrap_err());
    assert!(names(&db).await.is_empty());
}

async fn after_a_failed_statement(place: &Place) {
    let db = prepared(place).await;
    User::insert(user("there")).execute(&db).await.unwrap();
    let tx = db.begin().await.unwrap();
    User::insert(user("before")).execute(&tx).await.unwrap();
    assert!(User::insert(user("there")).execute(&tx).await.unwrap_err().is_unique_violation());
    let after = User::insert(user("after")).execute(&tx).await;
    let commit = tx.commit().await;
    if place.is_postgres() {
        // what the server would answer with a ROLLBACK that looks like success
        for error in [after.unwrap_err(), commit.unwrap_err()] {
            let ErrorKind::TransactionAborted { because } = error.kind() else { panic!("{error}") };
            assert!(because.contains("exists already") && because.contains("INSERT"), "{error}");
            assert!(!error.to_string().contains("there@"), "{error}");
        }
        assert_eq!(names(&db).await, ["there"]);
    } else {
        // only the statement is undone
        after.unwrap();
        commit.unwrap();
        assert_eq!(names(&db).await, ["after", "before", "there"]);
    }
}

async fn hooks_run_after_a_commit_only(place: &Place) {
    let db = prepared(place).await;
    let ran = Arc::new(AtomicUsize::new(0));
    let hook = |number: usize| {
        let ran = ran.clone();
        move || {
            ran.fetch_add(number, Ordering::SeqCst);
        }
    };
    let tx = db.begin().await.unwrap();
    tx.after_commit(hook(1));
    let kept = tx.begin().await.unwrap();
    kept.after_commit(hook(10));
    kept.commit().await.unwrap();
    let undone = tx.begin().await.unwrap();
    undone.after_commit(hook(100));
    undone.rollback().await.unwrap();
    assert_eq!(ran.load(Ordering::SeqCst), 0);
    tx.commit().await.unwrap();
    assert_eq!(ran.load(Ordering::SeqCst), 11);

    let tx = db.begin().await.unwrap();
    tx.after_commit(hook(1_000));
    tx.rollback().await.unwrap();
    let tx = db.begin().await.unwrap();
    tx.after_commit(hook(1_000));
    drop(tx);
    if place.is_postgres() {
        let tx = db.begin().await.unwrap();
        tx.after_commit(hook(1_000));
        place.script(&db, "DROP TABLE users").await;
        User::query().all(&tx).await.unwrap_err();
        tx.commit().await.unwrap_err();
    }
    db.begin().await.unwrap().commit().await.unwrap();
    assert_eq!(ran.load(Ordering::SeqCst), 11);
}

async fn read_only_refuses_writes(place: &Place) {
    let db = prepared(place).await;
    let error = db
        .transaction(|tx| async move {
            assert!(names(&tx).await.is_empty());
            User::insert(user("x")).execute(&tx).await
        })
        .read_only()
        .await
        .unwrap_err();
    assert_eq!(error.category(), Some(relvar::error::Category::ReadOnly), "{error}");
    let error = User::insert(user("x")).execute(db.read_only()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unsupported(why) if why.contains("only read")), "{error}");
    assert!(names(db.read_only()).await.is_empty());
    // the connection is not read-only for whoever comes next
    User::insert(user("next")).execute(&db).await.unwrap();
    db.transaction(|tx| async move { User::insert(user("and next")).execute(&tx).await }).await.unwrap();
    assert_eq!(names(&db).await, ["and next", "next"]);
}

async fn a_handle_serves_several_tasks(place: &Place) {
    let db = prepared(place).await;
    let tx = db.begin().await.unwrap();
    let tasks = (0..8).map(|n| {
        let tx = tx.clone();
        tokio::spawn(async move { User::insert(user(&n.to_string())).execute(&tx).await.unwrap() })
    });
    try_join_all(tasks).await.unwrap();
    let both = tokio::join!(User::query().count(&tx), User::query().count(&tx));
    assert_eq!((both.0.unwrap(), both.1.unwrap()), (8, 8));
    tx.commit().await.unwrap();
    assert_eq!(names(&db).await.len(), 8);
}

async fn rename<E: Executor<Portable>>(executor: E, to: &str) -> Result<u64> {
    User::update().filter(|u| u.name.ne(to)).set(|u| u.name.set(to)).execute(executor).await
}

async fn one_function_serves_all_executors(place: &Place) {
    let db = prepared(place).await;
    User::insert(user("one")).execute(&db).await.unwrap();
    assert_eq!(rename(&db, "two").await.unwrap(), 1);
    let tx = db.begin().await.unwrap();
    assert_eq!(rename(&tx, "three").await.unwrap(), 1);
    let nested = tx.begin().await.unwrap();
    assert_eq!(rename(nested.clone(), "four").await.unwrap(), 1);
    nested.commit().await.unwrap();
    tx.commit().await.unwrap();
    let any: &dyn Executor<Portable> = &db;
    assert_eq!(rename(any, "five").await.unwrap(), 1);
    let shared: Arc<dyn Executor<Portable>> = Arc::new(db.clone());
    assert_eq!(rename(shared, "six").await.unwrap(), 1);
    let error = rename(&db.read_only(), "seven").await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unsupported(_)), "{error}");
    assert_eq!(names(&db).await, ["six"]);
}

/// What a service sees of its storage.
trait Users: Send + Sync {
    fn add<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<i64>>;
    fn count(&self) -> BoxFuture<'_, Result<u64>>;
}

/// It stores in whatever it is given: a database, or a transaction.
struct Stored<E>(E);

impl<E: Executor<Portable>> Users for Stored<E> {
    fn add<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<i64>> {
        Box::pin(async move {
            let new = user(name);
            let key = new.email.clone();
            User::insert(new).execute(&self.0).await?;
            Ok(User::find_by(User::EMAIL_KEY, key).one(&self.0).await?.id)
        })
    }

    fn count(&self) -> BoxFuture<'_, Result<u64>> {
        Box::pin(User::query().count(&self.0))
    }
}

async fn a_repository_behind_a_trait(place: &Place) {
    let db = prepared(place).await;
    let tx = db.begin().await.unwrap();
    let repositories: [Box<dyn Users>; 2] = [Box::new(Stored(tx.clone())), Box::new(Stored(tx.clone()))];
    for (n, users) in repositories.iter().enumerate() {
        assert_eq!(users.add(&n.to_string()).await.unwrap(), n as i64 + 1);
    }
    assert_eq!(repositories[0].count().await.unwrap(), 2);
    drop(repositories);
    tx.commit().await.unwrap();
    let users: Arc<dyn Users> = Arc::new(Stored(db.clone()));
    assert_eq!(tokio::spawn(async move { users.count().await }).await.unwrap().unwrap(), 2);
}

/// An application's own error.
#[derive(Debug)]
enum Refused {
    TooMany(u64),
    Database(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        Refused::Database(error)
    }
}

async fn a_closure_can_be_spawned_and_fail_with_an_error_of_its_own(place: &Place) {
    let db = prepared(place).await;
    let handle = tokio::spawn({
        let db = db.clone();
        async move {
            let name = String::from("spawned");
            let name = &name;
            db.transaction(|tx| async move {
                User::insert(user(name)).execute(&tx).await?;
                match User::query().count(&tx).await? {
                    1 => Ok("done"),
                    count => Err(Refused::TooMany(count)),
                }
            })
            .retry(3)
            .await
        }
    });
    assert_eq!(handle.await.unwrap().unwrap(), "done");
    let body = |tx: Tx<_>| async move {
        User::insert(user("spawned")).execute(&tx).await?;
        Err::<(), _>(Refused::TooMany(2))
    };
    let error = db.transaction(body).retry(3).await.unwrap_err();
    assert!(matches!(&error, Refused::Database(error) if error.is_unique_violation()), "{error:?}");
    let body = |tx: Tx<_>| async move { Err::<(), _>(Refused::TooMany(User::query().count(&tx).await?)) };
    assert!(matches!(db.transaction(body).await.unwrap_err(), Refused::TooMany(1)));
}
