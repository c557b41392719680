//! Many tasks, few connections: nobody starves, nobody waits for itself, and errors name who holds what.

use relvar::prelude::*;
use relvar::{ErrorKind, Options};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::place::{Place, everywhere};
use crate::tables::{User, create_users, user};

everywhere!(many_tasks_share_few_connections, a_full_pool_names_its_holders, a_nested_acquire_is_no_dead_lock);

mod interleaved {
    use super::everywhere;
    use super::write_transactions_interleave as on_one_thread;
    everywhere!(on(memory, file): (on_one_thread));
}

/// Some transactions one after the other, each of which is suspended twice while it has the write lock.
async fn some_transactions(db: AnyDb, name: &str) {
    for n in 0..5 {
        let tx = db.begin().await.unwrap();
        User::insert(user(&format!("{name} {n} a"))).execute(&tx).await.unwrap();
        tokio::task::yield_now().await;
        tokio::time::sleep(Duration::from_millis(1)).await;
        User::insert(user(&format!("{name} {n} b"))).execute(&tx).await.unwrap();
        tokio::task::yield_now().await;
        tx.commit().await.unwrap();
    }
}

/// On one thread, a writer that blocked it while it waits for the lock would keep the other from releasing it: it
/// would wait for as long as it waits for a lock at all, which is so long here that nothing else takes that time.
async fn write_transactions_interleave(place: &Place) {
    let patience = Duration::from_secs(120);
    let db = place.connect_with(Options::new().busy_timeout(patience).acquire_timeout(patience)).await;
    create_users(&db).await;
    let start = Instant::now();
    tokio::join!(some_transactions(db.clone(), "one"), some_transactions(db.clone(), "other"));
    assert!(start.elapsed() < patience, "{:?}", start.elapsed());
    assert_eq!(User::query().count(&db).await.unwrap(), 20);
}

#[tokio::test]
async fn two_pools_on_one_file_take_turns() {
    let place = Place::file().unwrap();
    let (one, other) = (place.connect().await, place.connect().await);
    create_users(&one).await;
    let both = async { tokio::join!(some_transactions(one.clone(), "one"), some_transactions(other.clone(), "other")) };
    tokio::time::timeout(Duration::from_secs(20), both).await.expect("nobody waits for good");
    assert_eq!(User::query().count(&one).await.unwrap(), 20);
}

/// Where the lock is held, nothing is done at once; what follows is the same run.
#[tokio::test]
async fn a_write_that_waits_for_the_lock_is_done_and_counted_once() {
    let place = Place::file().unwrap();
    let (one, other) = (place.connect().await, place.connect().await);
    create_users(&one).await;
    let tx = other.begin().await.unwrap();
    User::insert(user("first")).execute(&tx).await.unwrap();
    let before = one.metrics();
    let writing = async { User::insert(user("second")).execute(&one).await.unwrap() };
    let committing = async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        tx.commit().await.unwrap();
    };
    let (inserted, ()) = tokio::join!(writing, committing);
    let after = one.metrics();
    let counted = |metrics: &relvar::Metrics| metrics.cache_hits + metrics.cache_misses;
    assert_eq!((inserted, counted(&after) - counted(&before)), (1, 1));
    assert_eq!(User::query().count(&one).await.unwrap(), 2);
}

async fn many_tasks_share_few_connections(place: &Place) {
    let db = place.connect_with(Options::new().max_connections(2)).await;
    create_users(&db).await;
    let slowest = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..16)
        .map(|task| {
            let (db, slowest) = (db.clone(), slowest.clone());
            tokio::spawn(async move {
                for n in 0..20 {
                    let start = Instant::now();
                    let name = format!("{task} {n}");
                    match n % 4 {
                        0 => drop(User::insert(user(&name)).execute(&db).await.unwrap()),
                        1 => drop(User::query().limit(3).all(&db).await.unwrap()),
                        2 => {
                            let tx = db.begin().await.unwrap();
                            User::insert(user(&name)).execute(&tx).await.unwrap();
                            tokio::task::yield_now().await;
                            tx.commit().await.unwrap();
                        }
                        // given up in the middle
                        _ => {
                            let query = User::query().order_by(|u| u.name.asc()).all(&db);
                            let _ = tokio::time::timeout(Duration::from_micros(200), query).await;
                        }
                    }
                    slowest.fetch_max(start.elapsed().as_millis() as usize, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(User::query().count(&db).await.unwrap(), 16 * 10);
    assert!(slowest.load(Ordering::Relaxed) < 10_000, "a task starved: {slowest:?} ms");
    let metrics = db.metrics();
    assert!(metrics.waiting == 0 && metrics.size <= 3, "{metrics:?}");
}

fn impatient() -> Options {
    Options::new().max_connections(1).acquire_timeout(Duration::from_millis(50))
}

/// Waits until what was given up has ended, which takes longer than an impatient statement waits.
async fn settled(db: &AnyDb) {
    let start = Instant::now();
    while db.metrics().in_use > 0 {
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", db.metrics());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn a_full_pool_names_its_holders(place: &Place) {
    let db = place.connect_with(impatient()).await;
    create_users(&db).await;
    let held = db.acquire_raw().await.unwrap();
    let error = User::insert(user("waits")).execute(&db).await.unwrap_err();
    let ErrorKind::PoolTimeout { waited, holders } = error.kind() else { panic!("{error}") };
    assert!(*waited >= Duration::from_millis(50), "{waited:?}");
    assert!(holders.contains("1 of 1") && holders.contains("raw connection"), "{error}");
    drop(held);
    settled(&db).await;
    User::insert(user("comes later")).execute(&db).await.unwrap();

    // a statement that holds one is named by what it is, without its values
    let stream = {
        use futures_util::StreamExt;
        User::insert_many(crate::tables::users(0..500)).execute(&db).await.unwrap();
        let mut stream = User::query().filter(|u| u.name.ne("a secret")).stream(db.clone());
        stream.next().await.unwrap().unwrap();
        stream
    };
    let error = match place {
        // readers have connections of their own there
        Place::File(_) => User::query().one(&db).await.unwrap_err(),
        _ => User::insert(user("waits")).execute(&db).await.unwrap_err(),
    };
    let ErrorKind::PoolTimeout { holders, .. } = error.kind() else { panic!("{error}") };
    assert!(holders.contains("users") && !error.to_string().contains("secret"), "{error}");
    drop(stream);
    settled(&db).await;
    User::query().first(&db).await.unwrap().unwrap();
}

async fn a_nested_acquire_is_no_dead_lock(place: &Place) {
    let db = place.connect_with(impatient()).await;
    create_users(&db).await;
    let inner = db.clone();
    let error = db
        .transaction(|tx| {
            let inner = inner.clone();
            async move {
                User::insert(user("in the transaction")).execute(&tx).await?;
                // not on the transaction, but on the database: there is no other connection
                User::insert(user("beside it")).execute(&inner).await
            }
        })
        .await
        .unwrap_err();
    let ErrorKind::PoolTimeout { holders, .. } = error.kind() else { panic!("{error}") };
    assert!(holders.contains("transaction"), "{error}");
    assert_eq!(User::query().count(&db).await.unwrap(), 0, "the transaction was rolled back");
}
