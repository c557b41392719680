//! Transactions: nesting, retries, how they end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::fake::{Fake, database};
use super::{connect, insert, select, settle};
use crate::error::{Category, Error, ErrorKind, Result};
use crate::fetch::{Execute, Fetch};
use crate::transaction::Isolation;

/// An application's error.
#[derive(Debug)]
enum AppError {
    Declined,
    Db(Error),
}

impl From<Error> for AppError {
    fn from(error: Error) -> AppError {
        AppError::Db(error)
    }
}

#[tokio::test]
async fn begins_as_asked() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    fake.log();
    let transaction = db.transaction(|tx| async move { select("t").all(&tx).await });
    transaction.isolation(Isolation::Serializable).read_only().deferrable().await.unwrap();
    assert_eq!(fake.log(), ["1: BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE", "1: SELECT t", "1: COMMIT"]);
}

#[tokio::test]
async fn an_error_of_the_closure_rolls_back_and_comes_through() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    let result = db.transaction(|tx| async move {
        insert("t", 1).execute(&tx).await?;
        Err::<(), _>(AppError::Declined)
    });
    assert!(matches!(result.await, Err(AppError::Declined)));
    assert_eq!(fake.log()[1..], ["1: BEGIN", "1: INSERT t", "1: ROLLBACK"]);
    assert!(fake.committed().is_empty());
    assert_eq!(db.metrics().in_use, 0);
}

#[tokio::test]
async fn a_dropped_handle_rolls_back_before_anybody_else_comes() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    insert("t", 1).execute(&tx).await.unwrap();
    drop(tx);
    insert("next", 1).execute(&db).await.unwrap();
    assert_eq!(fake.log()[1..], ["1: BEGIN", "1: INSERT t", "1: ROLLBACK", "1: INSERT next"]);
}

#[tokio::test]
async fn use_after_the_end_is_an_error() {
    let fake = Fake::new(2);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    let other = tx.clone();
    tx.commit().await.unwrap();
    for result in [insert("t", 1).execute(&other).await.map(drop), other.begin().await.map(drop), other.commit().await]
    {
        assert!(matches!(result.unwrap_err().kind(), ErrorKind::TransactionEnded));
    }
    assert!(fake.committed().is_empty());
}

#[tokio::test]
async fn nested_transactions_are_savepoints_with_names_of_their_own() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    fake.log();
    let tx = db.begin().await.unwrap();
    insert("a", 1).execute(&tx).await.unwrap();
    let kept = tx.begin().await.unwrap();
    insert("b", 1).execute(&kept).await.unwrap();
    let undone = kept.begin().await.unwrap();
    insert("c", 1).execute(&undone).await.unwrap();
    undone.rollback().await.unwrap();
    kept.commit().await.unwrap();
    // dropped: undone before the next statement
    let dropped = tx.begin().await.unwrap();
    insert("d", 1).execute(&dropped).await.unwrap();
    drop(dropped);
    insert("e", 1).execute(&tx).await.unwrap();
    // not ended when the outer one is committed: not kept
    let open = tx.begin().await.unwrap();
    insert("f", 1).execute(&open).await.unwrap();
    tx.commit().await.unwrap();
    let error = open.commit().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TransactionEnded));
    assert_eq!(fake.committed(), ["INSERT a", "INSERT b", "INSERT e"]);
    let savepoints: Vec<String> = fake.log().into_iter().filter(|line| line.starts_with("1: SAVEPOINT")).collect();
    assert_eq!(
        savepoints,
        ["1: SAVEPOINT relvar_1", "1: SAVEPOINT relvar_2", "1: SAVEPOINT relvar_3", "1: SAVEPOINT relvar_4"]
    );
}

#[tokio::test]
async fn what_ended_inside_cannot_be_used() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    let outer = tx.begin().await.unwrap();
    let inner = outer.begin().await.unwrap();
    outer.rollback().await.unwrap();
    let error = insert("t", 1).execute(&inner).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TransactionEnded));
    insert("t", 1).execute(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(fake.committed(), ["INSERT t"]);
}

#[tokio::test]
async fn conflicts_are_retried_as_often_as_asked() {
    for (conflicts, retries, expected) in [(0, 0, 1), (2, 5, 3), (3, 2, 3), (1, 0, 1)] {
        for start in ["INSERT", "COMMIT"] {
            let fake = Fake::new(1);
            fake.with(|server| server.aborts = true);
            let db = connect(&fake).await;
            for _ in 0..conflicts {
                fake.fail(start, database(Category::SerializationFailure));
            }
            let runs = AtomicU32::new(0);
            let result: Result<u64, AppError> = db
                .transaction(|tx| {
                    runs.fetch_add(1, Ordering::Relaxed);
                    async move { Ok(insert("t", 1).execute(&tx).await?) }
                })
                .retry(retries)
                .await;
            assert_eq!(runs.load(Ordering::Relaxed), expected, "{conflicts} conflicts, {retries} retries, {start}");
            assert_eq!(result.is_ok(), conflicts <= retries);
            if let Err(AppError::Db(error)) = result {
                assert!(error.is_retryable(), "the last conflict is what comes out: {error}");
            }
            assert_eq!(fake.committed().len(), usize::from(conflicts <= retries));
            settle(&db).await;
        }
    }
}

#[tokio::test]
async fn other_errors_are_not_retried() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    fake.fail("INSERT", database(Category::UniqueViolation));
    let runs = AtomicU32::new(0);
    let result: Result<u64> = db
        .transaction(|tx| {
            runs.fetch_add(1, Ordering::Relaxed);
            async move { insert("t", 1).execute(&tx).await }
        })
        .retry(5)
        .await;
    assert!(result.unwrap_err().is_unique_violation());
    assert_eq!(runs.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_retried_transaction_can_be_spawned_and_boxed() {
    let fake = Fake::new(2);
    fake.fail("COMMIT", database(Category::Deadlock));
    let db = connect(&fake).await;
    let task = tokio::spawn({
        let db = db.clone();
        async move {
            db.transaction(|tx| async move {
                insert("t", 1).execute(&tx).await?;
                tx.transaction(|inner| async move { insert("u", 1).execute(&inner).await }).await
            })
            .isolation(Isolation::Serializable)
            .retry(3)
            .await
        }
    });
    assert_eq!(task.await.unwrap().unwrap(), 1);
    let boxed: futures_core::future::BoxFuture<'static, Result<u64>> = std::future::IntoFuture::into_future(
        db.transaction(|tx| async move { insert("v", 1).execute(&tx).await }).retry(1),
    );
    assert_eq!(tokio::spawn(boxed).await.unwrap().unwrap(), 1);
    assert_eq!(fake.committed(), ["INSERT t", "INSERT u", "INSERT v"]);
}

#[tokio::test]
async fn an_aborted_transaction_is_never_committed_in_silence() {
    let fake = Fake::new(1);
    fake.with(|server| server.aborts = true);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    insert("t", 1).execute(&tx).await.unwrap();
    fake.fail("INSERT u", database(Category::UniqueViolation));
    insert("u", 1).execute(&tx).await.unwrap_err();
    let error = insert("v", 1).execute(&tx).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TransactionAborted { .. }), "{error}");
    let error = tx.commit().await.unwrap_err();
    let ErrorKind::TransactionAborted { because } = error.kind() else { panic!("{error}") };
    assert!(
        because.contains("a row with this key exists already") && because.contains("INSERT INTO \"u\""),
        "{because}"
    );
    assert!(fake.committed().is_empty());
    assert_eq!(db.metrics().idle, 1, "rolled back in good order");
}

#[tokio::test]
async fn a_savepoint_saves_a_transaction_from_an_error() {
    let fake = Fake::new(1);
    fake.with(|server| server.aborts = true);
    let db = connect(&fake).await;
    fake.fail("INSERT u", database(Category::UniqueViolation));
    let done: Result<()> = db
        .transaction(|tx| async move {
            insert("t", 1).execute(&tx).await?;
            let tried = tx.transaction(|inner| async move { insert("u", 1).execute(&inner).await }).await;
            assert!(tried.unwrap_err().is_unique_violation());
            insert("v", 1).execute(&tx).await.map(drop)
        })
        .await;
    done.unwrap();
    assert_eq!(fake.committed(), ["INSERT t", "INSERT v"]);
}

#[tokio::test]
async fn a_refused_commit_is_an_error_of_the_database_and_a_broken_one_is_unknown() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    insert("t", 1).execute(&tx).await.unwrap();
    fake.fail("COMMIT", database(Category::ForeignKeyViolation));
    assert!(tx.commit().await.unwrap_err().is_foreign_key_violation());
    insert("next", 1).execute(&db).await.unwrap();
    assert_eq!(fake.committed(), ["INSERT next"]);

    fake.with(|server| server.breaks = true);
    for kind in [ErrorKind::ConnectionLost("reset".into()), database(Category::Other)] {
        let tx = db.begin().await.unwrap();
        fake.fail("COMMIT", kind);
        let error = tx.commit().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::OutcomeUnknown), "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }
    settle(&db).await;
    select("t").all(&db).await.unwrap();
}

#[tokio::test]
async fn hooks_run_after_an_acknowledged_commit_only() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    let ran = Arc::new(std::sync::Mutex::new(Vec::new()));
    let hook = |name: &'static str| {
        let ran = ran.clone();
        move || ran.lock().unwrap().push(name)
    };

    let tx = db.begin().await.unwrap();
    tx.after_commit(hook("outer"));
    let undone = tx.begin().await.unwrap();
    undone.after_commit(hook("undone"));
    undone.rollback().await.unwrap();
    let kept = tx.begin().await.unwrap();
    kept.after_commit(hook("kept"));
    kept.commit().await.unwrap();
    assert!(ran.lock().unwrap().is_empty());
    tx.commit().await.unwrap();
    assert_eq!(*ran.lock().unwrap(), ["outer", "kept"]);

    ran.lock().unwrap().clear();
    let tx = db.begin().await.unwrap();
    tx.after_commit(hook("rolled back"));
    tx.rollback().await.unwrap();
    let tx = db.begin().await.unwrap();
    tx.after_commit(hook("refused"));
    fake.fail("COMMIT", database(Category::SerializationFailure));
    tx.commit().await.unwrap_err();
    assert!(ran.lock().unwrap().is_empty());
}

#[tokio::test]
async fn statements_of_one_transaction_take_turns() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    let (a, b) = tokio::join!(insert("a", 1).execute(&tx), insert("b", 1).execute(&tx));
    assert!(a.is_ok() && b.is_ok());
    tx.commit().await.unwrap();
    assert_eq!(fake.committed(), ["INSERT a", "INSERT b"]);
}

#[tokio::test]
async fn an_open_stream_on_a_transaction_is_named_instead_of_waited_for() {
    let fake = Fake::new(1);
    fake.with(|server| server.rows.push(("SELECT t", (0..1_000).collect())));
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    let mut stream = Box::pin(select("t").stream(&tx));
    let row = std::future::poll_fn(|context| futures_core::Stream::poll_next(stream.as_mut(), context)).await;
    assert_eq!(row.unwrap().unwrap(), 0);
    let error = insert("t", 1).execute(&tx).await.unwrap_err();
    assert!(error.to_string().contains("a stream on this transaction is open"), "{error}");
}

#[tokio::test]
async fn raw_sql_in_a_transaction_costs_its_connection() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    tx.raw_script("INSERT raw").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(fake.committed(), ["INSERT raw"]);
    settle(&db).await;
    assert_eq!(fake.with(|server| server.open), 0);
}
