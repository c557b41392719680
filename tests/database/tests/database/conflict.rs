//! Transactions that get in each other's way: isolation, serialization failures, deadlocks, and running again.

use relvar::error::Category;
use relvar::prelude::*;
use relvar::{Error, Isolation, Options, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::Barrier;

use crate::place::{Place, everywhere, outside};
use crate::tables::{User, create_users, user};

everywhere!(on(postgres, mysql, mariadb): (
    isolation_levels_show_what_they_should,
    a_serialization_failure_is_run_again,
    a_deadlock_is_run_again,
    without_retry_a_conflict_is_an_error,
    a_lock_timeout_is_named,
));
everywhere!(on(memory, file): (every_level_is_had,));

async fn prepared(place: &Place) -> AnyDb {
    let db = place.connect().await;
    create_users(&db).await;
    for name in ["a", "b"] {
        User::insert(user(name)).execute(&db).await.unwrap();
    }
    db
}

/// By the key: without an index, MySQL and MariaDB lock every row that they look at.
fn email(name: &str) -> String {
    user(name).email
}

async fn logins(executor: impl Executor<Portable>, name: &str) -> Result<i64> {
    User::query().filter(|u| u.email.eq(email(name))).select(|u| u.logins).one(executor).await
}

async fn log_in(executor: impl Executor<Portable>, name: &str, times: i64) -> Result<u64> {
    User::update().filter(|u| u.email.eq(email(name))).set(|u| u.logins.set(times)).execute(executor).await
}

async fn every_level_is_had(place: &Place) {
    let db = prepared(place).await;
    for level in
        [Isolation::ReadUncommitted, Isolation::ReadCommitted, Isolation::RepeatableRead, Isolation::Serializable]
    {
        let count = db.transaction(|tx| async move { User::query().count(&tx).await }).isolation(level).await.unwrap();
        assert_eq!(count, 2);
    }
    let read = db.transaction(|tx| async move { logins(&tx, "a").await });
    assert_eq!(read.isolation(Isolation::Serializable).read_only().deferrable().await.unwrap(), 0);
}

async fn isolation_levels_show_what_they_should(place: &Place) {
    let db = prepared(place).await;
    for (level, second) in [
        (Isolation::ReadUncommitted, 1),
        (Isolation::ReadCommitted, 2),
        (Isolation::RepeatableRead, 2),
        (Isolation::Serializable, 3),
    ] {
        if level == Isolation::Serializable && place.is_my() {
            // there, what was read is locked until the end: nobody changes it meanwhile
            let beside = &place.connect_with(Options::new().lock_timeout(Duration::from_secs(1))).await;
            let read = db.transaction(|tx| async move {
                logins(&tx, "a").await?;
                log_in(beside, "a", second).await
            });
            let error = read.isolation(level).await.unwrap_err();
            assert!(error.is_lock_timeout(), "{error}");
            continue;
        }
        let beside = &db;
        let (first, again) = db
            .transaction(|tx| async move {
                let first = logins(&tx, "a").await?;
                log_in(beside, "a", second).await?;
                Ok::<_, Error>((first, logins(&tx, "a").await?))
            })
            .isolation(level)
            .await
            .unwrap();
        let hidden = matches!(level, Isolation::RepeatableRead | Isolation::Serializable);
        assert_eq!(again, if hidden { first } else { second }, "{level:?}");
    }
    // the sessions of the pool are as before: what is read twice is what is there
    let narrow = place.connect_narrow().await;
    narrow.transaction(|tx| async move { logins(&tx, "a").await }).isolation(Isolation::Serializable).await.unwrap();
    let tx = narrow.begin().await.unwrap();
    let first = logins(&tx, "a").await.unwrap();
    log_in(&db, "a", first + 1).await.unwrap();
    let again = logins(&tx, "a").await.unwrap();
    assert_eq!(again, if place.is_postgres() { first + 1 } else { first });
    tx.commit().await.unwrap();
}

/// Each reads what the other writes; both wait until both have read. One of them cannot be put in an order.
async fn write_skew(db: &AnyDb, retries: u32) -> (Vec<Result<()>>, u32) {
    let attempts = Arc::new(AtomicU32::new(0));
    let together = Arc::new(Barrier::new(2));
    let one = |mine: &'static str, others: &'static str| {
        let (db, attempts, together) = (db.clone(), attempts.clone(), together.clone());
        tokio::spawn(async move {
            let first = AtomicU32::new(0);
            let (attempts, together, first) = (&attempts, &together, &first);
            db.transaction(|tx| async move {
                attempts.fetch_add(1, Ordering::SeqCst);
                let read = logins(&tx, others).await?;
                if first.fetch_add(1, Ordering::SeqCst) == 0 {
                    together.wait().await;
                }
                log_in(&tx, mine, read + 1).await.map(drop)
            })
            .isolation(Isolation::Serializable)
            .retry(retries)
            .await
        })
    };
    let (a, b) = (one("a", "b"), one("b", "a"));
    (vec![a.await.unwrap(), b.await.unwrap()], attempts.load(Ordering::SeqCst))
}

async fn a_serialization_failure_is_run_again(place: &Place) {
    let db = prepared(place).await;
    let (results, attempts) = write_skew(&db, 10).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert!(attempts >= 3, "one of them ran again: {attempts}");
    // as if one had run after the other
    let both = (logins(&db, "a").await.unwrap(), logins(&db, "b").await.unwrap());
    assert!([(1, 2), (2, 1)].contains(&both), "{both:?}");
}

async fn without_retry_a_conflict_is_an_error(place: &Place) {
    let db = prepared(place).await;
    let (results, attempts) = write_skew(&db, 0).await;
    let failed: Vec<&Error> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    assert_eq!((failed.len(), attempts), (1, 2), "{results:?}");
    // where readers lock, it is a deadlock that tells
    let expected = if place.is_postgres() { Category::SerializationFailure } else { Category::Deadlock };
    assert_eq!(failed[0].category(), Some(expected));
    assert!(failed[0].is_retryable(), "{}", failed[0]);
}

async fn a_deadlock_is_run_again(place: &Place) {
    let db = prepared(place).await;
    let attempts = Arc::new(AtomicU32::new(0));
    let together = Arc::new(Barrier::new(2));
    let one = |first: &'static str, second: &'static str| {
        let (db, attempts, together) = (db.clone(), attempts.clone(), together.clone());
        tokio::spawn(async move {
            let mine = AtomicU32::new(0);
            let (attempts, together, mine) = (&attempts, &together, &mine);
            db.transaction(|tx| async move {
                attempts.fetch_add(1, Ordering::SeqCst);
                let set = |name: &'static str| {
                    let statement = User::update().filter(move |u| u.email.eq(email(name)));
                    statement.set(|u| u.logins.set(u.logins + 1)).execute(&tx)
                };
                set(first).await?;
                if mine.fetch_add(1, Ordering::SeqCst) == 0 {
                    together.wait().await;
                }
                set(second).await.map(drop)
            })
            .retry(5)
            .await
        })
    };
    let (a, b) = (one("a", "b"), one("b", "a"));
    a.await.unwrap().unwrap();
    b.await.unwrap().unwrap();
    assert_eq!(attempts.load(Ordering::SeqCst), 3, "the victim ran once more");
    assert_eq!((logins(&db, "a").await.unwrap(), logins(&db, "b").await.unwrap()), (2, 2));
}

async fn a_lock_timeout_is_named(place: &Place) {
    let db = prepared(place).await;
    let impatient = place.connect_with(Options::new().lock_timeout(Duration::from_millis(50))).await;
    let tx = db.begin().await.unwrap();
    log_in(&tx, "a", 1).await.unwrap();
    let error = log_in(&impatient, "a", 2).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::LockTimeout), "{error}");
    assert!(!error.is_retryable());
    tx.commit().await.unwrap();
    log_in(&impatient, "a", 3).await.unwrap();
    // in a transaction, too; only the statement is undone where the database says so
    let held = db.begin().await.unwrap();
    log_in(&held, "a", 4).await.unwrap();
    let tx = impatient.begin().await.unwrap();
    log_in(&tx, "b", 7).await.unwrap();
    assert!(log_in(&tx, "a", 5).await.unwrap_err().is_lock_timeout());
    let commit = tx.commit().await;
    held.rollback().await.unwrap();
    assert_eq!(commit.is_err(), place.is_postgres(), "{commit:?}");
    assert_eq!(logins(&db, "b").await.unwrap(), if place.is_postgres() { 0 } else { 7 });
}

/// On a file that another process has locked, patience ends with a named error, and a transaction can be run again.
#[tokio::test]
async fn a_locked_file_is_waited_for() {
    let place = Place::file().unwrap();
    let Place::File(file) = &place else { return };
    let db = place.connect_with(Options::new().busy_timeout(Duration::from_millis(100))).await;
    create_users(&db).await;
    let lock = outside(file);
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = User::insert(user("waits")).execute(&db).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::LockTimeout), "{error}");
    assert_eq!(User::query().count(&db).await.unwrap(), 0, "readers do not wait");
    let release = async {
        tokio::time::sleep(Duration::from_millis(30)).await;
        lock.execute_batch("ROLLBACK").unwrap();
    };
    let insert = User::insert(user("waits")).execute(&db);
    let (inserted, ()) = tokio::join!(insert, release);
    assert_eq!(inserted.unwrap(), 1);
}
