//! Nobody inherits: whatever is dropped at whatever await point, the next borrower of the connection never notices.

use futures_util::TryStreamExt;
use futures_util::future::BoxFuture;
use relvar::prelude::*;
use relvar::query::dialect::Engine;
use relvar::{Isolation, Result};
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use crate::place::{Place, everywhere, narrow, outside, slow_line};
use crate::tables::{NewReturned, Returned, User, create_users, user, users};

everywhere!(the_next_borrower_never_notices, a_dropped_handle_is_rolled_back);

#[tokio::test]
async fn an_operation_that_waits_for_a_lock_can_be_dropped() {
    waiting_for_a_lock(&Place::file().unwrap()).await;
}

/// Polls `future` whenever it is woken, at most `polls` times, and drops it then.
pub(crate) async fn poll_at_most<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = Box::pin(future);
    let mut left = polls;
    poll_fn(|context| {
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Something that a task may be doing when it is dropped. What it writes has `tag` in its names.
type Operation = fn(AnyDb, String) -> BoxFuture<'static, Result<()>>;

/// What is dropped, and how many rows it leaves behind when it is not.
const OPERATIONS: [(&str, Operation, i64); 15] = [
    ("a query", |db, _| Box::pin(async move { User::query().all(&db).await.map(drop) }), 0),
    ("a slow query", |db, _| Box::pin(async move { slow().one(&db).await.map(drop) }), 0),
    ("an insert", |db, tag| Box::pin(async move { User::insert(user(&tag)).execute(&db).await.map(drop) }), 1),
    (
        "an insert that returns",
        |db, tag| {
            Box::pin(
                async move { Returned::insert(NewReturned::from(user(&tag))).returning().one(&db).await.map(drop) },
            )
        },
        1,
    ),
    (
        "an update",
        |db, tag| {
            Box::pin(async move {
                User::update().filter(|u| u.id.eq(1)).set(|u| u.bio.set(tag)).execute(&db).await.map(drop)
            })
        },
        0,
    ),
    ("begin", |db, _| Box::pin(async move { db.begin().await.map(drop) }), 0),
    ("begin, write, commit", |db, tag| Box::pin(commit(db, tag)), 1),
    ("begin, write, rollback", |db, tag| Box::pin(rollback(db, tag)), 0),
    ("a closure in a transaction", |db, tag| Box::pin(closure(db, tag)), 2),
    ("a serializable transaction", |db, tag| Box::pin(serializable(db, tag)), 1),
    ("a read-only transaction", |db, _| Box::pin(read_only(db)), 0),
    ("savepoints", |db, tag| Box::pin(savepoints(db, tag)), 2),
    ("a large insert", |db, tag| Box::pin(large(db, tag)), 600),
    ("a stream", |db, _| Box::pin(async move { User::query().stream(db).try_for_each(|_| async { Ok(()) }).await }), 0),
    ("a script that begins", |db, tag| Box::pin(script(db, tag)), 0),
];

async fn commit(db: AnyDb, tag: String) -> Result<()> {
    let tx = db.begin().await?;
    User::insert(user(&tag)).execute(&tx).await?;
    tokio::task::yield_now().await;
    tx.commit().await
}

async fn rollback(db: AnyDb, tag: String) -> Result<()> {
    let tx = db.begin().await?;
    User::insert(user(&tag)).execute(&tx).await?;
    tokio::task::yield_now().await;
    tx.rollback().await
}

async fn closure(db: AnyDb, tag: String) -> Result<()> {
    let tag = &tag;
    db.transaction(|tx| async move {
        User::insert(user(tag)).execute(&tx).await?;
        tokio::task::yield_now().await;
        User::insert(user(&format!("{tag} again"))).execute(&tx).await.map(drop)
    })
    .retry(2)
    .await
}

async fn serializable(db: AnyDb, tag: String) -> Result<()> {
    let tag = &tag;
    let body = |tx: Tx<_>| async move { User::insert(user(tag)).execute(&tx).await.map(drop) };
    db.transaction(body).isolation(Isolation::Serializable).await
}

async fn read_only(db: AnyDb) -> Result<()> {
    db.transaction(|tx| async move { User::query().count(&tx).await.map(drop) }).read_only().await
}

async fn savepoints(db: AnyDb, tag: String) -> Result<()> {
    let tx = db.begin().await?;
    User::insert(user(&tag)).execute(&tx).await?;
    let kept = tx.begin().await?;
    User::insert(user(&format!("{tag} kept"))).execute(&kept).await?;
    kept.commit().await?;
    let undone = tx.begin().await?;
    User::insert(user(&format!("{tag} undone"))).execute(&undone).await?;
    undone.rollback().await?;
    tx.commit().await
}

async fn large(db: AnyDb, tag: String) -> Result<()> {
    let rows = (0..600).map(|n| user(&format!("{tag} {n}")));
    User::insert_many(rows).execute(&db).await.map(drop)
}

async fn script(db: AnyDb, tag: String) -> Result<()> {
    let insert = format!("INSERT INTO users (email, name) VALUES ('{tag}@example.org', '{tag}')");
    db.raw_script(relvar::Unchecked(format!("BEGIN; {insert}"))).await
}

/// A query that takes some milliseconds wherever it runs: it moves to another thread where it would keep this one.
fn slow() -> Rows<i64, Portable> {
    let base = User::query().filter(|u| u.id.eq(1)).select(|u| (u.id, value(0i64)));
    let numbers = recursive("numbers", base, |n| n.query().filter(|n| n.1.lt(5_000)).select(|n| (n.0, n.1 + 1)));
    numbers.query().aggregate(|g| g.count())
}

/// How many users have names that begin so, seen by a connection that is not the pool's where there is one.
async fn count(place: &Place, db: &AnyDb, tag: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM users WHERE name LIKE '{tag}%'");
    match place.scalar(&sql) {
        Some(count) => count.parse().unwrap(),
        None => User::query().filter(|u| u.name.like(starts_with(tag))).count(db).await.unwrap() as i64,
    }
}

/// Nobody is in a transaction: not on the server, not on the connection that the pool has.
async fn nothing_is_open(place: &Place, db: &AnyDb) {
    match place {
        // this fails inside of a transaction
        Place::Memory => db.raw_script("BEGIN; ROLLBACK").await.unwrap(),
        // and this while another connection writes
        Place::File(file) => outside(file).execute_batch("BEGIN IMMEDIATE; ROLLBACK").unwrap(),
        _ => assert_eq!(place.idle_in_transaction(), 0),
    }
}

/// Drops `operation` after one poll, after two, and so on until it comes to its end. Says after how many it did.
async fn drop_everywhere(place: &Place, db: &AnyDb, name: &str, operation: Operation, rows: i64) -> usize {
    for polls in 1..2_000 {
        let tag = format!("{name} {polls}.");
        let finished = poll_at_most(polls, operation(db.clone(), tag.clone())).await;

        // the next borrower, on the only connection that can write
        let next = format!("after {tag}");
        assert_eq!(User::insert(user(&next)).execute(db).await.unwrap(), 1, "{tag}");
        assert_eq!(count(place, db, &next).await, 1, "{tag} the next borrower's write is lost");
        assert_eq!(slow().one(db).await.unwrap(), 5_001, "{tag} the next reader is cut short");
        let left = count(place, db, &tag).await;
        assert!(left == 0 || left == rows, "{tag} is done in part: {left} of {rows}");
        nothing_is_open(place, db).await;
        if let Some(result) = finished {
            result.unwrap_or_else(|error| panic!("{tag} {error}"));
            assert_eq!(left, rows, "{tag} ran to its end");
            return polls;
        }
    }
    panic!("{name} never ends");
}

async fn the_next_borrower_never_notices(place: &Place) {
    let url = if place.is_server() { slow_line(&place.url()).await } else { place.url() };
    let db = AnyDb::connect_with(&url, narrow()).await.unwrap();
    create_users(&db).await;
    User::insert_many(users(0..200)).execute(&db).await.unwrap();
    let mut points = 0;
    for (name, operation, rows) in OPERATIONS {
        if name == "an insert that returns" && place.engine() == Engine::MySql {
            // there is no such statement: nothing is sent
            assert!(operation(db.clone(), name.to_owned()).await.unwrap_err().is_unsupported());
            continue;
        }
        let polls = drop_everywhere(place, &db, name, operation, rows).await;
        points += polls - 1;
        assert!(polls > 1 || !place.is_server(), "{name} was not dropped half-way");
    }
    assert!(points > 3, "there were {points} await points only");
    let metrics = db.metrics();
    assert!(metrics.buried > 0 && metrics.size <= 2, "{metrics:?}");
}

async fn waiting_for_a_lock(place: &Place) {
    let Place::File(file) = place else { return };
    let db = place.connect_narrow().await;
    create_users(&db).await;
    let (mut waited, mut polls) = (0, 0);
    for (name, operation, rows) in [OPERATIONS[2], OPERATIONS[6], OPERATIONS[7], OPERATIONS[11], OPERATIONS[12]] {
        for at_most in 1..6 {
            let lock = outside(file);
            lock.execute_batch("BEGIN IMMEDIATE").unwrap();
            let tag = format!("{name} {at_most}.");
            // it is woken after 1, 2, 4, 6, 11 ms, and the lock is never released meanwhile
            let finished = poll_at_most(at_most, operation(db.clone(), tag.clone())).await;
            assert!(finished.is_none(), "{tag} did not wait");
            waited += 1;
            polls += at_most;
            drop(lock);
            let next = format!("after {tag}");
            User::insert(user(&next)).execute(&db).await.unwrap();
            assert_eq!(count(place, &db, &next).await, 1, "{tag}");
            let left = count(place, &db, &tag).await;
            assert!(left == 0 || left == rows, "{tag}: {left}");
            nothing_is_open(place, &db).await;
        }
    }
    assert_eq!((waited, polls), (25, 75));
}

async fn a_dropped_handle_is_rolled_back(place: &Place) {
    let db = place.connect_narrow().await;
    create_users(&db).await;
    {
        let tx = db.begin().await.unwrap();
        User::insert(user("gone")).execute(&tx).await.unwrap();
        let nested = tx.begin().await.unwrap();
        User::insert(user("gone, too")).execute(&nested).await.unwrap();
    }
    User::insert(user("next")).execute(&db).await.unwrap();
    assert_eq!(count(place, &db, "").await, 1);
    nothing_is_open(place, &db).await;
    if place.is_server() {
        // rolled back, not thrown away
        assert_eq!((db.metrics().buried, db.metrics().opened), (0, 1));
    }
    // on another thread, without a runtime
    let tx = db.begin().await.unwrap();
    User::insert(user("gone")).execute(&tx).await.unwrap();
    std::thread::spawn(move || drop(tx)).join().unwrap();
    tokio::time::timeout(Duration::from_secs(10), User::insert(user("last")).execute(&db)).await.unwrap().unwrap();
    assert_eq!(count(place, &db, "").await, 2);
}
