//! The pool: order, fairness, limits, who is named when it is full.

use std::time::Duration;

use super::fake::Fake;
use super::{connect, connect_with, insert, poll_times, select, settle};
use crate::backend::Lanes;
use crate::error::ErrorKind;
use crate::fetch::{Execute, Fetch};
use crate::options::Options;

#[tokio::test]
async fn connections_are_made_when_needed_and_used_again() {
    let fake = Fake::new(5);
    let db = connect(&fake).await;
    for _ in 0..10 {
        select("t").all(&db).await.unwrap();
    }
    assert_eq!(fake.with(|server| server.most_open), 1);
    assert_eq!(db.metrics().opened, 1);
    let both = tokio::join!(select("t").all(&db), select("t").all(&db));
    assert!(both.0.is_ok() && both.1.is_ok());
    assert_eq!(fake.with(|server| server.most_open), 2);
}

#[tokio::test]
async fn no_more_connections_than_allowed() {
    let fake = Fake::new(3);
    let db = connect(&fake).await;
    let mut tasks = Vec::new();
    for _ in 0..50 {
        let db = db.clone();
        tasks.push(tokio::spawn(async move { insert("t", 1).execute(&db).await }));
    }
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap(), 1);
    }
    assert_eq!(fake.with(|server| server.most_open), 3);
    assert_eq!(fake.committed().len(), 50);
    assert_eq!(db.metrics().waiting, 0);
}

#[tokio::test]
async fn a_full_pool_names_who_holds_it() {
    let fake = Fake::new(2);
    let db = connect_with(&fake, Options::new().acquire_timeout(Duration::from_millis(20))).await;
    let tx = db.begin().await.unwrap();
    let mut stream = Box::pin(select("threads").stream(&db));
    fake.with(|server| server.rows.push(("SELECT threads", (0..1_000).collect())));
    let first = std::future::poll_fn(|context| futures_core::Stream::poll_next(stream.as_mut(), context)).await;
    assert!(matches!(first, Some(Ok(0))));
    let error = select("t").all(&db).await.unwrap_err();
    let ErrorKind::PoolTimeout { waited, holders } = error.kind() else { panic!("{error}") };
    assert!(*waited >= Duration::from_millis(20));
    assert!(holders.starts_with("2 of 2 are in use: "), "{holders}");
    assert!(holders.contains("`transaction` for 0.") && holders.contains("`SELECT threads` for 0."), "{holders}");
    drop(tx);
    drop(stream);
    settle(&db).await;
    select("t").all(&db).await.unwrap();
    assert_eq!(db.metrics().waiting, 0);
    assert!(db.metrics().waited >= Duration::from_millis(20));
}

#[tokio::test]
async fn a_failed_connect_gives_its_slot_back() {
    let fake = Fake::new(1);
    let db = connect_with(&fake, Options::new().idle_timeout(None)).await;
    let raw = db.acquire_raw().await.unwrap();
    drop(raw);
    settle(&db).await;
    fake.fail("connect", ErrorKind::Connect { address: "fake:".into(), why: "refused".into() });
    let error = select("t").all(&db).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connect { .. }), "{error}");
    assert_eq!(db.metrics().in_use, 0);
    select("t").all(&db).await.unwrap();
}

#[tokio::test]
async fn a_raw_connection_is_never_used_again() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    db.raw_script("BEGIN").await.unwrap();
    insert("t", 1).execute(&db).await.unwrap();
    assert_eq!(fake.committed(), ["INSERT t"], "the insert did not run in a transaction left open");
    assert!(fake.log().contains(&"1: close".to_owned()));
}

#[tokio::test]
async fn where_the_connection_is_the_database_it_is_kept() {
    let fake = Fake::new(1);
    fake.with(|server| {
        server.revives = true;
        server.lanes = Lanes { write: 1, read: None, permanent: true };
    });
    let db = connect_with(&fake, Options::new().idle_timeout(Duration::ZERO).max_lifetime(Duration::ZERO)).await;
    db.raw_script("BEGIN").await.unwrap();
    drop(db.begin().await.unwrap());
    {
        let mut dropped = Box::pin(db.begin());
        assert!(poll_times(dropped.as_mut(), 2).is_none());
    }
    insert("t", 1).execute(&db).await.unwrap();
    assert_eq!(fake.committed(), ["INSERT t"]);
    assert_eq!(db.metrics().opened, 1, "it is still the first connection");
}

#[tokio::test]
async fn connections_that_idle_or_live_for_too_long_are_closed() {
    for options in [
        Options::new().idle_timeout(Duration::from_millis(20)),
        Options::new().idle_timeout(None).max_lifetime(Duration::from_millis(20)),
    ] {
        let fake = Fake::new(1);
        let db = connect_with(&fake, options).await;
        tokio::time::sleep(Duration::from_millis(80)).await;
        assert_eq!(fake.with(|server| server.open), 0);
        select("t").all(&db).await.unwrap();
    }
}

#[tokio::test]
async fn only_connections_that_were_idle_are_asked_whether_they_are_there() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    select("t").all(&db).await.unwrap();
    assert!(!fake.log().iter().any(|line| line.ends_with("ping")));

    let fake = Fake::new(1);
    let db = connect_with(&fake, Options::new().ping_after(Duration::ZERO)).await;
    fake.fail("ping", ErrorKind::ConnectionLost("gone".into()));
    select("t").all(&db).await.unwrap();
    assert_eq!(fake.log(), ["1: connect", "1: ping", "1: gone", "2: connect", "2: SELECT t"]);
    assert_eq!(db.metrics().opened, 2);
}

#[tokio::test]
async fn a_broken_connection_is_not_used_again() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    fake.with(|server| server.breaks = true);
    fake.fail("INSERT", ErrorKind::ConnectionLost("reset".into()));
    let error = insert("t", 1).execute(&db).await.unwrap_err();
    assert!(error.statement().is_some_and(|sql| sql.starts_with("INSERT INTO \"t\"")), "{error}");
    settle(&db).await;
    insert("t", 1).execute(&db).await.unwrap();
    assert_eq!(db.metrics().opened, 2);
}

#[tokio::test]
async fn a_closed_pool_lets_nobody_in_and_closes_everything() {
    let fake = Fake::new(2);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    let mut closing = Box::pin(db.close());
    assert!(poll_times(closing.as_mut(), 3).is_none(), "a transaction is still open");
    let error = select("t").all(&db).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::PoolClosed));
    insert("t", 1).execute(&tx).await.unwrap();
    tx.commit().await.unwrap();
    closing.await;
    assert_eq!(fake.with(|server| server.open), 0);
    assert_eq!(fake.committed(), ["INSERT t"]);
}

#[tokio::test]
async fn reads_have_their_own_lane() {
    let fake = Fake::new(1);
    fake.with(|server| server.lanes.read = Some(2));
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    select("t").all(&db).await.unwrap();
    insert("t", 1).execute(&tx).await.unwrap();
    tx.commit().await.unwrap();
    let log = fake.log();
    assert_eq!(log[..2], ["1: connect", "2: connect to read"]);
    assert_eq!(log[2..], ["1: BEGIN", "2: SELECT t", "1: INSERT t", "1: COMMIT"]);
    let error = insert("t", 1).execute(db.read_only()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unsupported(_)));
    select("t").all(db.read_only()).await.unwrap();
}

#[test]
fn a_guard_dropped_without_a_runtime_frees_its_slot() {
    let fake = Fake::new(1);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (db, tx) = runtime.block_on(async {
        let db = connect(&fake).await;
        let tx = db.begin().await.unwrap();
        insert("t", 1).execute(&tx).await.unwrap();
        (db, tx)
    });
    drop(runtime);
    drop(tx);
    assert_eq!(db.metrics().in_use, 0);
    assert_eq!(fake.with(|server| server.open), 0);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { insert("t", 1).execute(&db).await.unwrap() });
    assert_eq!(fake.committed(), ["INSERT t"]);
}
