//! A future dropped at every await point: the next borrower never notices.

use std::future::Future;
use std::pin::Pin;

use relvar_query::dialect::{Portable, RunsOn, Sqlite};

use super::fake::Fake;
use super::{connect, insert, poll_times, select, settle};
use crate::db::Db;
use crate::error::{Error, ErrorKind, Result};
use crate::fetch::{Execute, Fetch};
use crate::transaction::Tx;

type Running = Pin<Box<dyn Future<Output = Result<()>>>>;

/// What is dropped.
pub(super) struct Operation<D> {
    pub(super) name: &'static str,
    pub(super) start: fn(Db<D>) -> Running,
    /// How many statements write something permanent when it is not dropped.
    statements: usize,
    /// And how many rows that makes.
    pub(super) rows: u64,
}

/// All kinds of them. The table has one column of integers.
pub(super) fn operations<D: 'static>() -> Vec<Operation<D>>
where
    Portable: RunsOn<D>,
{
    let operation = |name, start, statements, rows| Operation { name, start, statements, rows };
    vec![
        operation("a query", |db| Box::pin(async move { select("t").all(&db).await.map(drop) }), 0, 0),
        operation("a write", |db| Box::pin(async move { insert("t", 1).execute(&db).await.map(drop) }), 1, 1),
        operation("begin", |db| Box::pin(async move { db.begin().await.map(drop) }), 0, 0),
        operation("commit", |db| Box::pin(write_and(db, |tx| Box::pin(tx.commit()))), 1, 1),
        operation("rollback", |db| Box::pin(write_and(db, |tx| Box::pin(tx.rollback()))), 0, 0),
        operation("nested transactions", |db| Box::pin(nested(db)), 2, 2),
        operation("a split insert", |db| Box::pin(async move { insert("t", 17).execute(&db).await.map(drop) }), 2, 17),
        operation(
            "a raw script",
            |db| Box::pin(async move { db.raw_script("BEGIN; INSERT INTO t VALUES (1)").await }),
            0,
            0,
        ),
    ]
}

async fn write_and<D: 'static>(db: Db<D>, end: fn(Tx<D>) -> Running) -> Result<()>
where
    Portable: RunsOn<D>,
{
    let tx = db.begin().await?;
    insert("t", 1).execute(&tx).await?;
    end(tx).await
}

async fn nested<D: 'static>(db: Db<D>) -> Result<()>
where
    Portable: RunsOn<D>,
{
    let outer = db.transaction(|tx| async move {
        insert("t", 1).execute(&tx).await?;
        tx.transaction(|inner| async move { insert("t", 1).execute(&inner).await }).await?;
        let undone = tx.transaction(|inner| async move {
            insert("t", 1).execute(&inner).await?;
            Err::<(), Error>(Error::new(ErrorKind::NoRow))
        });
        assert!(undone.await.is_err());
        Ok(())
    });
    outer.await
}

#[tokio::test]
async fn nobody_inherits() {
    for Operation { name, start, statements: writes, .. } in operations::<Sqlite>() {
        let mut polls = 0;
        loop {
            polls += 1;
            let fake = Fake::new(1);
            let db = connect(&fake).await;
            let mut future = start(db.clone());
            let finished = poll_times(future.as_mut(), polls);
            drop(future);
            let before = fake.committed().len();
            assert!(before == 0 || before == writes, "{name} after {polls} polls is done in part: {before}");

            // the next borrower, on the only connection there can be
            assert_eq!(insert("next", 1).execute(&db).await.unwrap(), 1, "{name} after {polls} polls");
            let committed = fake.committed();
            assert_eq!(committed.last().map(String::as_str), Some("INSERT next"), "{name} after {polls} polls");
            settle(&db).await;
            let after = fake.committed().len() - 1;
            assert!(after == 0 || after == writes, "{name} after {polls} polls is done in part later: {after}");
            assert!(fake.with(|server| server.most_open) <= 1, "{name}: the slot was free before the burial was over");
            if let Some(result) = finished {
                result.unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(after, writes, "{name} ran to its end");
                break;
            }
            assert!(polls < 200, "{name} never ends");
        }
        assert!(polls > 2, "{name} was dropped at several points");
    }
}

#[tokio::test]
async fn a_stream_dropped_half_way_gives_its_connection_up() {
    let fake = Fake::new(1);
    fake.with(|server| server.rows.push(("SELECT t", (0..1_000).collect())));
    let db = connect(&fake).await;
    let mut stream = Box::pin(select("t").stream(db.clone()));
    for expected in 0..10 {
        let row = std::future::poll_fn(|context| futures_core::Stream::poll_next(stream.as_mut(), context)).await;
        assert_eq!(row.unwrap().unwrap(), expected);
    }
    let sent = fake.log().iter().filter(|line| line.ends_with("row")).count();
    assert!(sent <= 64, "no more rows than there is room for are taken: {sent}");
    drop(stream);
    assert_eq!(insert("next", 1).execute(&db).await.unwrap(), 1);
    assert_eq!(db.metrics().buried, 1);
}

#[tokio::test]
async fn a_transaction_whose_statement_was_dropped_has_ended() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    insert("t", 1).execute(&tx).await.unwrap();
    {
        let mut dropped = Box::pin(insert("t", 1).execute(&tx));
        assert!(poll_times(dropped.as_mut(), 2).is_none());
    }
    let error = insert("t", 1).execute(&tx).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TransactionEnded), "{error}");
    // its connection is free for others although the handle is still there
    insert("next", 1).execute(&db).await.unwrap();
    let error = tx.commit().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TransactionEnded), "{error}");
    assert_eq!(fake.committed(), ["INSERT next"]);
}

#[tokio::test]
async fn a_dropped_commit_is_not_known() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    insert("t", 1).execute(&tx).await.unwrap();
    {
        let mut commit = Box::pin(tx.clone().commit());
        assert!(poll_times(commit.as_mut(), 2).is_none());
    }
    let error = insert("t", 1).execute(&tx).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::OutcomeUnknown), "{error}");
    insert("next", 1).execute(&db).await.unwrap();
}

#[tokio::test]
async fn a_transaction_closure_that_is_dropped_lets_go_of_handles_kept_elsewhere() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    let kept = std::sync::Arc::new(std::sync::Mutex::new(None));
    {
        let mut future = Box::pin(std::future::IntoFuture::into_future(db.transaction(|tx| {
            let kept = kept.clone();
            async move {
                *kept.lock().unwrap() = Some(tx.clone());
                insert("t", 1).execute(&tx).await?;
                std::future::pending::<Result<(), Error>>().await
            }
        })));
        assert!(poll_times(future.as_mut(), 20).is_none());
    }
    insert("next", 1).execute(&db).await.unwrap();
    let tx = kept.lock().unwrap().take().unwrap();
    let error = insert("t", 1).execute(&tx).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TransactionEnded), "{error}");
    assert_eq!(fake.committed(), ["INSERT next"]);
}
