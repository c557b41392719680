//! URLs, files and lanes.

use std::path::Path;
use std::time::Duration;

use super::super::url::{Mode, Target, parse};
use super::*;
use crate::backend::Lanes;
use crate::error::{Category, ErrorKind};

#[test]
fn urls_name_files_and_memory() {
    let file = |path: &str, mode| Target::File { path: std::path::absolute(path).unwrap(), mode };
    let cases = [
        ("sqlite::memory:", Target::Memory),
        ("sqlite://:memory:", Target::Memory),
        ("sqlite:a.db", file("a.db", Mode::Create)),
        ("sqlite://a.db", file("a.db", Mode::Create)),
        ("sqlite:dir/a.db?mode=ro", file("dir/a.db", Mode::ReadOnly)),
        ("sqlite:///tmp/a.db?mode=rw", file("/tmp/a.db", Mode::ReadWrite)),
        ("sqlite:/tmp/a.db?mode=rwc", file("/tmp/a.db", Mode::Create)),
        ("sqlite:/tmp/a%20b%25%c3%a9.db", file("/tmp/a b%é.db", Mode::Create)),
        ("sqlite:file:x", file("file:x", Mode::Create)),
    ];
    for (url, target) in cases {
        assert_eq!(parse(url).unwrap(), target, "{url}");
    }
    for url in [
        "postgres://x",
        "sqlite",
        "sqlite:",
        "sqlite://",
        "sqlite:?mode=ro",
        "sqlite:a?mode=x",
        "sqlite:a?cache=shared",
        "sqlite:a%",
        "sqlite:a%2",
        "sqlite:a%zz",
        "sqlite:a%é",
        "sqlite:a%00",
        "sqlite:%ff",
    ] {
        assert!(matches!(failed(parse(url)).kind(), ErrorKind::Url(_)), "{url}");
    }
}

async fn why_not(url: &str, lane: Lane) -> String {
    let backend = SqliteBackend::from_url(url, &Options::default()).unwrap();
    match failed(backend.connect(lane).await.map(drop)).kind() {
        ErrorKind::Connect { address, why } => {
            assert_eq!(*address, backend.address());
            why.clone()
        }
        ErrorKind::Session(why) => why.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_says_why() {
    let file = File::new();
    for lane in [Lane::Write, Lane::Read] {
        assert_eq!(why_not(&format!("{}?mode=ro", file.url()), lane).await, "there is no such file");
        assert_eq!(why_not(&format!("{}?mode=rw", file.url()), lane).await, "there is no such file");
        assert_eq!(why_not("sqlite:/nonexistent/x.db", lane).await, "there is no directory /nonexistent");
        assert_eq!(why_not("sqlite:/etc/passwd/x.db", lane).await, "/etc/passwd is not a directory");
        assert_eq!(why_not("sqlite:/tmp", lane).await, "it is a directory");
        std::fs::write(&file.0, "this is no database, but it is long enough to be one. ".repeat(100)).unwrap();
        assert_eq!(why_not(&file.url(), lane).await, "the file is not an SQLite database");
        std::fs::remove_file(&file.0).unwrap();
    }
    assert!(!Path::new(&file.0).exists());
    let utf16 = rusqlite::Connection::open(&file.0).unwrap();
    utf16.execute_batch("PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (v)").unwrap();
    assert_eq!(why_not(&file.url(), Lane::Write).await, "the file stores text as UTF-16le, not as UTF-8");
}

#[tokio::test]
async fn a_locked_file_is_waited_for() {
    let file = File::new();
    let other = rusqlite::Connection::open(&file.0).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE; CREATE TABLE t (v)").unwrap();
    let options = Options::default().busy_timeout(Duration::from_millis(20));
    let backend = SqliteBackend::from_url(&file.url(), &options).unwrap();
    let error = failed(backend.connect(Lane::Write).await.map(drop));
    assert!(error.to_string().ends_with("another process keeps it locked"), "{error}");
    let opening = tokio::spawn(async move { file.backend().connect(Lane::Write).await.map(|_| file) });
    tokio::time::sleep(Duration::from_millis(20)).await;
    other.execute_batch("COMMIT").unwrap();
    opening.await.unwrap().unwrap();
}

#[tokio::test]
async fn the_session_keeps_the_contract() {
    let file = File::new();
    let backend = file.backend();
    let (mut writer, mut reader) =
        (backend.connect(Lane::Write).await.unwrap(), backend.connect(Lane::Read).await.unwrap());
    for c in [&mut writer, &mut reader] {
        for (pragma, value) in [
            ("journal_mode", Kept::text("wal")),
            ("foreign_keys", Kept::Integer(1)),
            ("synchronous", Kept::Integer(1)),
            ("busy_timeout", Kept::Integer(0)),
        ] {
            assert_eq!(read(&format!("PRAGMA {pragma}"), 1).cells(c).await.unwrap(), [value], "{pragma}");
        }
        assert_eq!(c.server_version().0, 3);
        assert!(c.server_version().1 >= 44);
        c.ping().await.unwrap();
    }
    assert_eq!(backend.lanes(), Lanes { write: 1, read: backend.lanes().read, permanent: false });
    assert!(backend.lanes().read.unwrap() >= 2);

    writer.script("CREATE TABLE t (v)").await.unwrap();
    assert_eq!(
        failed(write("INSERT INTO t VALUES (1)").affected(&mut reader).await).category(),
        Some(Category::ReadOnly)
    );
    assert_eq!(failed(reader.script("CREATE TABLE u (v)").await).category(), Some(Category::ReadOnly));
    assert_eq!(read("SELECT * FROM t", 1).cells(&mut reader).await.unwrap(), []);
    reader.close().await;
    writer.close().await;
    let wal = format!("{}-wal", file.0.display());
    assert!(!Path::new(&wal).exists(), "the last connection leaves one file");

    let read_only = SqliteBackend::from_url(&format!("{}?mode=ro", file.url()), &Options::default()).unwrap();
    let mut c = read_only.connect(Lane::Write).await.unwrap();
    assert_eq!(failed(write("INSERT INTO t VALUES (1)").affected(&mut c).await).category(), Some(Category::ReadOnly));
}

#[tokio::test]
async fn plans_can_be_kept_from_depending_on_values() {
    let script = "CREATE TABLE t (state TEXT, v INT); CREATE INDEX t_open ON t (v) WHERE state = 'open';
        INSERT INTO t VALUES ('open', 1), ('done', 2);";
    for (stable, found) in [(false, "INDEX t_open"), (true, "SCAN t")] {
        let options = Options::default().stable_plans(stable);
        let backend = SqliteBackend::from_url("sqlite::memory:", &options).unwrap();
        let mut c = backend.connect(Lane::Write).await.unwrap();
        c.script(script).await.unwrap();
        let open = [Value::Text("open".into())];
        let plan = "EXPLAIN QUERY PLAN SELECT v FROM t WHERE state = ?1 AND v > 0";
        let detail = |row: &dyn Cells| row.cell(3).map(Kept::of).map_err(|why| BadCell { position: 3, why });
        let (_, rows) = Sql { arguments: &open, ..read(plan, 4) }.with(&mut c, detail).await.unwrap();
        let [Kept::Text(text)] = rows.as_slice() else { panic!("no plan: {rows:?}") };
        let text = String::from_utf8_lossy(text);
        assert!(text.contains(found), "{stable}: {text}");
    }
}

#[test]
fn without_a_runtime_what_is_known_to_take_long_is_begun_once() {
    let backend = in_memory();
    let mut c = SqliteConnection::open(backend.shared.clone(), Lane::Write).unwrap();
    let (sql, expected) = (numbers(1_000_000) + " SELECT sum(i) FROM n", CellTypes::listed(vec![i64::SQL_TYPE]));
    let request = Request {
        affected: Default::default(),
        sql: &sql.into(),
        arguments: &[],
        expected: &expected,
        label: &|i| format!("column {i}"),
        persistent: true,
        work: Work::Read,
        stop_after: None,
    };
    let mut rows = Reader { read: |row| at(row, 0, |cell| Ok(Kept::of(cell))), rows: Vec::new(), break_after: 9 };
    assert!(c.run_now(&request, &mut rows).is_none(), "there might be a runtime to go on in");
    assert!(backend.shared.slow.contains(request.sql));
    assert!(matches!(c.run_now(&request, &mut rows), Some(Ok(_))));
    assert_eq!(rows.rows, [Kept::Integer(500_000_500_000)]);
}

#[test]
fn it_works_without_a_runtime() {
    let file = File::new();
    futures_util::FutureExt::now_or_never(async {
        let backend = file.backend();
        let mut c = backend.connect(Lane::Write).await.unwrap();
        c.script("CREATE TABLE t (v); INSERT INTO t VALUES (1)").await.unwrap();
        let sum = numbers(20_000) + " SELECT sum(i) FROM n";
        assert_eq!(read(&sum, 1).cells(&mut c).await.unwrap(), [Kept::Integer(200_010_000)]);
        let all = Sql { work: Work::Long, ..read("SELECT v FROM t", 1) };
        assert_eq!(all.cells(&mut c).await.unwrap(), [Kept::Integer(1)]);
        assert!(backend.bury(c).await.is_none());
    })
    .expect("nothing to wait for");
}
