//! What is long goes to the blocking pool, streams from there, and can be given up at any time.

use std::pin::pin;
use std::task::{Context, Waker};
use std::time::{Duration, Instant};

use super::*;
use crate::error::{Category, ErrorKind};

/// Runs `work` beside a task that ticks every millisecond; gives back the longest time between two ticks.
async fn longest_gap<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let ticker = tokio::spawn(async move {
        let (mut last, mut longest) = (Instant::now(), Duration::ZERO);
        while stopped.try_recv().is_err() {
            tokio::time::sleep(Duration::from_millis(1)).await;
            longest = longest.max(last.elapsed());
            last = Instant::now();
        }
        longest
    });
    tokio::task::yield_now().await;
    let done = work.await;
    let _ = stop.send(());
    (done, ticker.await.unwrap())
}

#[test]
fn a_long_read_moves_and_is_remembered() {
    current_thread(async {
        let backend = in_memory();
        let c = &mut backend.connect(Lane::Write).await.unwrap();
        c.script("CREATE TABLE t (v); BEGIN; INSERT INTO t VALUES (0)").await.unwrap();
        let sum = numbers(1_000_000) + " SELECT sum(i) FROM n";
        for _ in 0..2 {
            let began = Instant::now();
            let (cells, gap) = longest_gap(read(&sum, 1).cells(c)).await;
            assert_eq!(cells.unwrap(), [Kept::Integer(500_000_500_000)]);
            assert!(gap < began.elapsed() / 3, "{gap:?} of {:?}", began.elapsed());
            assert!(backend.shared.slow.contains(&sum));
        }
        assert!(!backend.shared.slow.contains("SELECT 1"));
        read("SELECT 1", 1).cells(c).await.unwrap();
        assert!(!backend.shared.slow.contains("SELECT 1"));
        assert_eq!(c.in_transaction(), Some(true), "it is not rolled back by the move");
    });
}

#[test]
fn a_bad_row_is_told_before_what_failed_behind_it() {
    current_thread(async {
        let backend = in_memory();
        let c = &mut backend.connect(Lane::Write).await.unwrap();
        // the second row overflows
        let text = numbers(3) + " SELECT iif(i = 1, 'x', abs(-9223372036854775806 - i)) FROM n";
        for work in [Work::Read, Work::Long] {
            let error = failed(Sql { work, ..read(&text, 1) }.with(c, |row| at(row, 0, i64::decode)).await);
            assert!(matches!(error.kind(), ErrorKind::Decode { .. }), "{work:?}: {error}");
        }
    });
}

#[test]
fn a_statement_that_is_fast_again_comes_back() {
    current_thread(async {
        let backend = in_memory();
        let c = &mut backend.connect(Lane::Write).await.unwrap();
        let sql: Arc<str> = "SELECT 1".into();
        backend.shared.slow.insert(&sql);
        for _ in 0..50 {
            read(&sql, 1).cells(c).await.unwrap();
        }
        assert!(!backend.shared.slow.contains(&sql));
    });
}

#[test]
fn the_memory_for_slow_statements_is_bounded() {
    let slow = super::super::Slow::default();
    let text = |i: u32| Arc::<str>::from(format!("SELECT {i}"));
    (0..1_000).for_each(|i| slow.insert(&text(i)));
    assert!(!slow.contains(&text(0)) && slow.contains(&text(999)));
    (0..1_000).for_each(|i| slow.remove(&text(i)));
    assert!(!slow.contains(&text(999)));
}

#[test]
fn a_write_is_never_begun_anew() {
    current_thread(async {
        let backend = in_memory();
        let c = &mut backend.connect(Lane::Write).await.unwrap();
        c.script("CREATE TABLE t (v); BEGIN; INSERT INTO t VALUES (0)").await.unwrap();
        let insert = numbers(100_000) + " INSERT INTO t SELECT i FROM n";
        // even if the caller takes it for a read
        let affected = Sql { work: Work::Read, ..write(&insert) }.affected(c).await.unwrap();
        assert_eq!(affected, 100_000);
        assert_eq!(c.in_transaction(), Some(true));
        assert!(backend.shared.slow.contains(&insert), "the next one goes elsewhere");
    });
}

#[test]
fn rows_stop_when_the_reader_has_enough() {
    current_thread(async {
        let c = &mut memory().await;
        let all = numbers(u64::MAX >> 2) + " SELECT i FROM n";
        let first: Vec<Kept> = (1..=300).map(Kept::Integer).collect();
        for work in [Work::Read, Work::Long] {
            let some = Sql { work, ..read(&all, 1) };
            assert_eq!(Sql { stop_after: Some(300), ..some }.cells(c).await.unwrap(), first);
            assert_eq!(Sql { break_after: 300, ..some }.cells(c).await.unwrap(), first);
            assert_eq!(Sql { stop_after: Some(0), ..some }.cells(c).await.unwrap(), []);
        }
        // one row, and then a long time without any
        let sparse = numbers(u64::MAX >> 2) + " SELECT i FROM n WHERE i = 1";
        let one = Sql { work: Work::Long, break_after: 1, ..read(&sparse, 1) };
        let one = tokio::time::timeout(Duration::from_secs(20), one.cells(c)).await.expect("it must end");
        assert_eq!(one.unwrap(), [Kept::Integer(1)]);
    });
}

#[test]
fn a_write_is_done_whether_or_not_its_rows_are_read() {
    current_thread(async {
        let c = &mut memory().await;
        c.script("CREATE TABLE t (v)").await.unwrap();
        let insert = numbers(1_000) + " INSERT INTO t SELECT i FROM n RETURNING v";
        for (n, work) in [Work::Write, Work::Long].into_iter().enumerate() {
            let some = Sql { work, ..read(&insert, 1) };
            assert_eq!(Sql { stop_after: Some(1), ..some }.affected(c).await.unwrap(), 1_000);
            assert_eq!(Sql { break_after: 1, ..some }.affected(c).await.unwrap(), 1_000);
            failed(some.with(c, |row| at(row, 0, String::decode)).await);
            let count = read("SELECT count(*) FROM t", 1).cells(c).await.unwrap();
            assert_eq!(count, [Kept::Integer(3_000 * (n as i64 + 1))]);
        }
    });
}

#[test]
fn many_rows_arrive_whole_and_in_order() {
    current_thread(async {
        let c = &mut memory().await;
        let text = numbers(10_000) + " SELECT i, 'text ' || i, i / 2.0, zeroblob(i % 100), NULL FROM n";
        let decode: fn(&dyn Cells) -> _ =
            |row| (0..5).map(|i| at(row, i, |cell| Ok(Kept::of(cell)))).collect::<Result<Vec<_>, _>>();
        let here = read(&text, 5).with(c, decode).await.unwrap().1;
        let (elsewhere, gap) = longest_gap(Sql { work: Work::Long, ..read(&text, 5) }.with(c, decode)).await;
        assert_eq!(here.len(), 10_000);
        assert!(here == elsewhere.unwrap().1, "the same rows");
        assert!(gap < Duration::from_millis(100), "{gap:?}");
    });
}

#[test]
fn a_statement_has_its_time() {
    current_thread(async {
        let options = Options::default().statement_timeout(Duration::from_millis(50));
        let backend = SqliteBackend::from_url("sqlite::memory:", &options).unwrap();
        let c = &mut backend.connect(Lane::Write).await.unwrap();
        let endless = numbers(u64::MAX >> 2) + " SELECT count(*) FROM n";
        for work in [Work::Read, Work::Write, Work::Long] {
            let began = Instant::now();
            let error = failed(Sql { work, ..read(&endless, 1) }.cells(c).await);
            assert_eq!(error.category(), Some(Category::Cancelled), "{error}");
            assert!(began.elapsed() < Duration::from_secs(10));
        }
        assert_eq!(read("SELECT 1", 1).cells(c).await.unwrap(), [Kept::Integer(1)]);
    });
}

/// Polls `future` at most `polls` times; whether it came to its end.
pub(super) async fn poll_for(polls: usize, future: impl Future) -> bool {
    let mut future = pin!(future);
    for _ in 0..polls {
        if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            return true;
        }
        tokio::time::sleep(Duration::from_micros(500)).await;
    }
    false
}

#[test]
fn a_dropped_run_leaves_nothing_behind() {
    current_thread(async {
        let file = File::new();
        let backend = file.backend();
        file.open().await.script("CREATE TABLE t (v)").await.unwrap();
        let endless = numbers(u64::MAX >> 2) + " INSERT INTO t SELECT i FROM n";
        let rows = numbers(2_000) + " SELECT i FROM n";
        let script = format!("INSERT INTO t VALUES (2); {endless}; INSERT INTO t VALUES (3)");
        for (kind, limit) in [("write", 12), ("rows", 200), ("script", 12)] {
            for polls in 0..limit {
                let mut c = backend.connect(Lane::Write).await.unwrap();
                c.script("BEGIN IMMEDIATE").await.unwrap();
                write("INSERT INTO t VALUES (1)").affected(&mut c).await.unwrap();
                let finished = match kind {
                    "write" => poll_for(polls, Sql { work: Work::Long, ..write(&endless) }.affected(&mut c)).await,
                    "rows" => poll_for(polls, Sql { work: Work::Long, ..read(&rows, 1) }.cells(&mut c)).await,
                    _ => poll_for(polls, c.script(&script)).await,
                };
                assert_eq!(c.is_broken(), polls > 0 && !finished, "{kind}, {polls} polls");
                assert!(backend.bury(c).await.is_none());

                let next = rusqlite::Connection::open(&file.0).unwrap();
                next.busy_timeout(Duration::ZERO).unwrap();
                next.execute_batch("BEGIN IMMEDIATE; ROLLBACK").expect("the lock is free");
                let left: i64 = next.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
                assert_eq!(left, 0, "{kind}, {polls} polls");
                if finished {
                    assert_eq!(kind, "rows");
                    break;
                }
                assert!(kind != "rows" || polls + 1 < limit, "the rows must come to an end");
            }
        }
    });
}

#[test]
fn a_buried_database_in_memory_is_given_back() {
    current_thread(async {
        let backend = in_memory();
        assert_eq!((backend.lanes().write, backend.lanes().read, backend.lanes().permanent), (1, None, true));
        let mut c = backend.connect(Lane::Write).await.unwrap();
        c.script("CREATE TABLE t (v); INSERT INTO t VALUES (1); PRAGMA foreign_keys = OFF; BEGIN").await.unwrap();
        let endless = numbers(u64::MAX >> 2) + " INSERT INTO t SELECT i FROM n";
        assert!(!poll_for(3, Sql { work: Work::Long, ..write(&endless) }.affected(&mut c)).await);
        assert!(c.is_broken());
        let mut c = backend.bury(c).await.expect("it is the database");
        assert_eq!(c.in_transaction(), Some(false));
        assert_eq!(read("SELECT v FROM t", 1).cells(&mut c).await.unwrap(), [Kept::Integer(1)]);
        assert_eq!(read("PRAGMA foreign_keys", 1).cells(&mut c).await.unwrap(), [Kept::Integer(1)]);
    });
}

#[test]
fn a_dropped_connection_ends_its_run() {
    let began = Instant::now();
    current_thread(async {
        let mut c = memory().await;
        let endless = numbers(u64::MAX >> 2) + " SELECT count(*) FROM n";
        assert!(!poll_for(3, Sql { work: Work::Long, ..read(&endless, 1) }.cells(&mut c)).await);
    });
    // the end of the runtime waits for its blocking pool
    assert!(began.elapsed() < Duration::from_secs(20));
}

/// Whether `future` is ready when it is polled once, while the blocking pool has no thread free for it.
async fn done_on_this_thread(future: impl Future) -> bool {
    let (began, has_begun) = tokio::sync::oneshot::channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let occupied = tokio::task::spawn_blocking(move || {
        let _ = began.send(());
        let _ = released.recv();
    });
    has_begun.await.unwrap();
    let ready = pin!(future).poll(&mut Context::from_waker(Waker::noop())).is_ready();
    drop(release);
    occupied.await.unwrap();
    ready
}

#[test]
fn nothing_runs_on_the_calling_thread_if_told_so() {
    for (always, here) in [(false, true), (true, false)] {
        // a pool of one thread, so that it can be occupied as a whole
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().max_blocking_threads(1).build().unwrap().block_on(async {
            let options = Options::new().blocking_pool(always);
            let backend = SqliteBackend::from_url("sqlite::memory:", &options).unwrap();
            let mut c = backend.connect(Lane::Write).await.unwrap();
            assert_eq!(done_on_this_thread(c.script("BEGIN IMMEDIATE")).await, here);
            let c = &mut backend.connect(Lane::Write).await.unwrap();
            c.script("CREATE TABLE t (v)").await.unwrap();
            assert_eq!(done_on_this_thread(write("INSERT INTO t VALUES (1)").affected(c)).await, here);
            let c = &mut backend.connect(Lane::Write).await.unwrap();
            assert_eq!(done_on_this_thread(read("SELECT 1", 1).cells(c)).await, here);
            // and it gives the same
            let c = &mut backend.connect(Lane::Write).await.unwrap();
            c.script("CREATE TABLE t (v); BEGIN").await.unwrap();
            assert_eq!(write("INSERT INTO t VALUES (7)").affected(c).await.unwrap(), 1);
            assert_eq!(read("SELECT v FROM t", 1).cells(c).await.unwrap(), [Kept::Integer(7)]);
            c.script("COMMIT").await.unwrap();
            assert_eq!(c.in_transaction(), Some(false));
        });
    }
}
