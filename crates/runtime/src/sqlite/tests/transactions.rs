//! Transactions that end otherwise than the caller thinks, and such that may not write.

use super::*;
use crate::error::{Category, ErrorKind};
use crate::transaction::Begin;

#[tokio::test]
async fn a_transaction_that_ended_by_itself_takes_no_more_statements() {
    let c = &mut memory().await;
    c.script("CREATE TABLE t (v UNIQUE)").await.unwrap();
    let twice = "INSERT OR ROLLBACK INTO t VALUES (1), (1)";
    for work in [Work::Write, Work::Long] {
        c.script("BEGIN IMMEDIATE").await.unwrap();
        write("INSERT INTO t VALUES (2)").affected(c).await.unwrap();
        assert!(failed(Sql { work, ..write(twice) }.affected(c).await).is_unique_violation());
        assert_eq!(c.in_transaction(), Some(false));
        for result in [
            write("INSERT INTO t VALUES (3)").affected(c).await.map(drop),
            c.script("INSERT INTO t VALUES (3)").await,
            c.script("SAVEPOINT s").await,
            c.script("COMMIT").await,
        ] {
            assert!(matches!(failed(result).kind(), ErrorKind::TransactionAborted { .. }));
        }
        c.script("ROLLBACK").await.unwrap();
        assert_eq!(write("DELETE FROM t").affected(c).await.unwrap(), 0);
    }
    c.script("BEGIN IMMEDIATE").await.unwrap();
    failed(c.script(&format!("{twice}; SELECT 1")).await);
    assert!(matches!(failed(c.script("COMMIT").await).kind(), ErrorKind::TransactionAborted { .. }));
    c.script("ROLLBACK").await.unwrap();
    assert_eq!(read("SELECT count(*) FROM t", 1).cells(c).await.unwrap(), [Kept::Integer(0)]);
}

#[tokio::test]
async fn an_ordinary_error_leaves_the_transaction_open() {
    let c = &mut memory().await;
    c.script("CREATE TABLE t (v UNIQUE)").await.unwrap();
    c.script("BEGIN IMMEDIATE").await.unwrap();
    write("INSERT INTO t VALUES (1)").affected(c).await.unwrap();
    failed(write("INSERT INTO t VALUES (2), (1)").affected(c).await);
    c.script("SAVEPOINT s").await.unwrap();
    write("INSERT INTO t VALUES (3)").affected(c).await.unwrap();
    c.script("ROLLBACK TO s").await.unwrap();
    assert_eq!(c.in_transaction(), Some(true));
    c.script("RELEASE s").await.unwrap();
    c.script("COMMIT;").await.unwrap();
    assert_eq!(c.in_transaction(), Some(false));
    assert_eq!(read("SELECT v FROM t", 1).cells(c).await.unwrap(), [Kept::Integer(1)]);
}

#[tokio::test]
async fn a_read_only_transaction_refuses_writes_in_memory_too() {
    let file = File::new();
    let on_disk = file.backend();
    let begin = on_disk.begin_sql(&Begin { read_only: true, ..Begin::default() }).unwrap();
    for backend in [on_disk, in_memory()] {
        let c = &mut backend.connect(Lane::Write).await.unwrap();
        c.script("CREATE TABLE t (v)").await.unwrap();
        for end in ["COMMIT", "ROLLBACK"] {
            c.script(&begin).await.unwrap();
            let error = failed(write("INSERT INTO t VALUES (1)").affected(c).await);
            assert_eq!(error.category(), Some(Category::ReadOnly));
            c.script(end).await.unwrap();
            write("INSERT INTO t VALUES (1)").affected(c).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_commit_that_breaks_a_deferred_rule_leaves_the_transaction_open() {
    let c = &mut memory().await;
    c.script("CREATE TABLE t (id INTEGER PRIMARY KEY)").await.unwrap();
    c.script("CREATE TABLE a (b REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)").await.unwrap();
    c.script("BEGIN IMMEDIATE").await.unwrap();
    write("INSERT INTO a VALUES (1)").affected(c).await.unwrap();
    assert!(failed(c.script("COMMIT").await).is_foreign_key_violation());
    assert_eq!(c.in_transaction(), Some(true));
    write("INSERT INTO t VALUES (1)").affected(c).await.unwrap();
    c.script("COMMIT").await.unwrap();
}
