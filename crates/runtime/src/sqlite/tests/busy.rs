//! Locks that somebody else holds.

use std::time::{Duration, Instant};

use super::*;
use crate::error::Category;

async fn two(file: &File, busy_timeout: Duration) -> (SqliteConnection, SqliteConnection) {
    let options = Options::default().busy_timeout(busy_timeout);
    let open = || async { SqliteBackend::from_url(&file.url(), &options).unwrap().connect(Lane::Write).await.unwrap() };
    let (mut a, b) = (open().await, open().await);
    a.script("CREATE TABLE t (v); INSERT INTO t VALUES (0)").await.unwrap();
    (a, b)
}

#[test]
fn a_writer_that_waits_lets_the_other_one_finish() {
    current_thread(async {
        let file = File::new();
        let (a, b) = two(&file, Duration::from_secs(5)).await;
        let began = Instant::now();
        let transfer = |mut c: SqliteConnection| async move {
            for _ in 0..3 {
                c.script("BEGIN IMMEDIATE").await.unwrap();
                write("UPDATE t SET v = v + 1").affected(&mut c).await.unwrap();
                tokio::time::sleep(Duration::from_millis(2)).await;
                c.script("COMMIT").await.unwrap();
                tokio::task::yield_now().await;
            }
        };
        let (a, b) = (tokio::spawn(transfer(a)), tokio::spawn(transfer(b)));
        a.await.unwrap();
        b.await.unwrap();
        assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
        assert_eq!(read("SELECT v FROM t", 1).cells(&mut file.open().await).await.unwrap(), [Kept::Integer(6)]);
    });
}

#[test]
fn a_lock_is_waited_for_until_time_is_up() {
    current_thread(async {
        let file = File::new();
        let (mut a, mut b) = two(&file, Duration::from_millis(60)).await;
        a.script("BEGIN IMMEDIATE").await.unwrap();
        for work in [Work::Write, Work::Long] {
            let began = Instant::now();
            let error = failed(Sql { work, ..write("INSERT INTO t VALUES (1)") }.affected(&mut b).await);
            assert_eq!(error.category(), Some(Category::LockTimeout), "{error}");
            assert!(began.elapsed() >= Duration::from_millis(60), "{:?}", began.elapsed());
        }
        for script in ["BEGIN IMMEDIATE", "INSERT INTO t VALUES (1); SELECT 1"] {
            let error = failed(b.script(script).await);
            assert_eq!(error.category(), Some(Category::LockTimeout), "{error}");
        }
        assert_eq!(b.in_transaction(), Some(false));
        // readers do not wait
        assert_eq!(read("SELECT v FROM t", 1).cells(&mut b).await.unwrap(), [Kept::Integer(0)]);

        // and all of them succeed when it is released in time
        for work in [Work::Write, Work::Long] {
            let waiting = async { Sql { work, ..write("INSERT INTO t VALUES (1)") }.affected(&mut b).await };
            let release = async {
                tokio::time::sleep(Duration::from_millis(15)).await;
                a.script("COMMIT").await.unwrap();
            };
            assert_eq!(tokio::join!(waiting, release).0.unwrap(), 1);
            a.script("BEGIN IMMEDIATE").await.unwrap();
        }
        let waiting = b.script("INSERT INTO t VALUES (2); INSERT INTO t VALUES (3)");
        let release = async {
            tokio::time::sleep(Duration::from_millis(15)).await;
            a.script("COMMIT").await.unwrap();
        };
        tokio::join!(waiting, release).0.unwrap();
        assert_eq!(read("SELECT v FROM t", 1).cells(&mut a).await.unwrap(), [0, 1, 1, 2, 3].map(Kept::Integer));
    });
}

#[test]
fn a_transaction_that_has_read_what_is_gone_must_start_again() {
    current_thread(async {
        let file = File::new();
        let (mut a, mut b) = two(&file, Duration::from_secs(30)).await;
        for committed in [true, false] {
            b.script("BEGIN").await.unwrap();
            read("SELECT v FROM t", 1).cells(&mut b).await.unwrap();
            a.script("BEGIN IMMEDIATE").await.unwrap();
            write("UPDATE t SET v = 7").affected(&mut a).await.unwrap();
            if committed {
                a.script("COMMIT").await.unwrap();
            }
            let began = Instant::now();
            for work in [Work::Write, Work::Long] {
                let error = failed(Sql { work, ..write("UPDATE t SET v = v + 1") }.affected(&mut b).await);
                assert_eq!(error.category(), Some(Category::SerializationFailure), "{error}");
                assert!(error.is_retryable());
            }
            assert!(began.elapsed() < Duration::from_secs(1), "waiting would not help");
            assert_eq!(b.in_transaction(), Some(true));
            b.script("ROLLBACK").await.unwrap();
            if !committed {
                a.script("ROLLBACK").await.unwrap();
            }
        }
    });
}

#[test]
fn a_commit_that_must_wait_keeps_its_transaction() {
    current_thread(async {
        let file = File::new();
        let options = Options::default().busy_timeout(Duration::from_millis(60));
        let mut c = SqliteBackend::from_url(&file.url(), &options).unwrap().connect(Lane::Write).await.unwrap();
        // only without the write-ahead log does a commit wait for readers
        c.script("PRAGMA journal_mode = DELETE; CREATE TABLE t (v)").await.unwrap();
        let reader = rusqlite::Connection::open(&file.0).unwrap();
        let read_now = || reader.execute_batch("BEGIN; SELECT * FROM t").unwrap();
        for many in [1, 2_000] {
            read_now();
            c.script("BEGIN IMMEDIATE").await.unwrap();
            let insert = numbers(many) + " INSERT INTO t SELECT i FROM n";
            write(&insert).affected(&mut c).await.unwrap();
            let error = failed(c.script("COMMIT").await);
            assert_eq!(error.category(), Some(Category::LockTimeout), "{error}");
            assert_eq!(c.in_transaction(), Some(true));
            let release = async {
                tokio::time::sleep(Duration::from_millis(15)).await;
                reader.execute_batch("COMMIT").unwrap();
            };
            tokio::join!(c.script("COMMIT"), release).0.unwrap();
            assert_eq!(c.in_transaction(), Some(false));
        }
        assert_eq!(read("SELECT count(*) FROM t", 1).cells(&mut c).await.unwrap(), [Kept::Integer(2_001)]);
    });
}

#[test]
fn whoever_stops_waiting_has_done_nothing() {
    current_thread(async {
        let file = File::new();
        let (mut a, mut b) = two(&file, Duration::from_secs(30)).await;
        a.script("BEGIN IMMEDIATE").await.unwrap();
        for polls in 1..5 {
            assert!(!super::blocking::poll_for(polls, write("INSERT INTO t VALUES (1)").affected(&mut b)).await);
            assert!(!super::blocking::poll_for(polls, b.script("BEGIN IMMEDIATE")).await);
            assert_eq!(b.in_transaction(), Some(false));
        }
        a.script("COMMIT").await.unwrap();
        assert!(file.backend().bury(b).await.is_none());
        assert_eq!(read("SELECT v FROM t", 1).cells(&mut a).await.unwrap(), [Kept::Integer(0)]);
    });
}
