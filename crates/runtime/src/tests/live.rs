//! The same on real databases: nobody inherits, all or nothing, and what is asked of the database.
//!
//! The servers are at `RELVAR_TEST_POSTGRES`, `RELVAR_TEST_MYSQL` and `RELVAR_TEST_MARIADB`.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use relvar_query::dialect::{Capability, Dialect, Portable};
use relvar_query::schema::{ColumnDef, TableDef};
use relvar_query::types::SqlType;

use super::cancel::{Operation, operations};
use super::{insert, select, settle};
use crate::db::{Any, AnyDb, Db};
use crate::error::{Error, ErrorKind, Result};
use crate::fetch::{Execute, Fetch};
use crate::options::Options;
use crate::schema::Schema;

/// A database of its own, gone when it is dropped.
struct Live {
    name: &'static str,
    url: String,
    db: AnyDb,
    file: Option<std::path::PathBuf>,
}

impl Drop for Live {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{end}", file.display()));
            }
        }
    }
}

/// The tables `t` and `next`, each with one column of integers.
fn tables() -> Schema {
    ["t", "next"].into_iter().fold(Schema::new(), |schema, name| {
        let mut table = TableDef::new(None, name);
        table.columns.push(ColumnDef::new("n", i64::SQL_TYPE.clone(), false));
        schema.definition(table, Portable::ENGINES)
    })
}

/// Every kind of database that this build has a driver for, empty. `test` names the schema or file.
async fn databases(test: &str, options: Options) -> Vec<Live> {
    let mut all = Vec::new();
    #[cfg(feature = "sqlite")]
    {
        let file = std::env::temp_dir().join(format!("relvar-{test}-{}.db", std::process::id()));
        all.push(("a file", format!("sqlite:{}", file.display()), Some(file)));
        all.push(("memory", "sqlite::memory:".to_owned(), None));
    }
    #[cfg(feature = "postgres")]
    {
        let server = std::env::var("RELVAR_TEST_POSTGRES")
            .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/test".to_owned());
        let schema = format!("relvar_{test}");
        let admin = AnyDb::connect(&server).await.unwrap();
        let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
        admin.raw_script(crate::raw::Unchecked(sql)).await.unwrap();
        let separator = if server.contains('?') { '&' } else { '?' };
        all.push(("a server", format!("{server}{separator}options=-c%20search_path%3D{schema}"), None));
    }
    #[cfg(feature = "mysql")]
    if let Some(url) = crate::mysql::tests::database::<relvar_query::dialect::MySql>(test).await {
        all.push(("MySQL", url, None));
    }
    #[cfg(feature = "mariadb")]
    if let Some(url) = crate::mysql::tests::database::<relvar_query::dialect::MariaDb>(test).await {
        all.push(("MariaDB", url, None));
    }
    let mut databases = Vec::new();
    for (name, url, file) in all {
        let db = AnyDb::connect_with(&url, options.clone()).await.unwrap();
        tables().create(&db).await.unwrap();
        databases.push(Live { name, url, db, file });
    }
    databases
}

/// Drops a future after it was polled so many times.
async fn polled<F: Future + ?Sized>(mut future: Pin<Box<F>>, times: usize) -> Option<F::Output> {
    let mut left = times;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Stands between a client and a server and lets them wait for each other, so that every answer is an
/// await point. Gives the URL that goes through it.
async fn slowed(url: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (before, rest) = url.split_once('@').unwrap();
    let (server, after) = rest.split_once('/').unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let here = listener.local_addr().unwrap();
    let server = server.to_owned();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = tokio::net::TcpStream::connect(&server).await.unwrap();
            client.set_nodelay(true).unwrap();
            server.set_nodelay(true).unwrap();
            let ((mut from_client, mut to_client), (mut from_server, mut to_server)) =
                (client.into_split(), server.into_split());
            tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
            tokio::spawn(async move {
                let mut buffer = [0; 8192];
                while let Ok(length @ 1..) = from_server.read(&mut buffer).await {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    if to_client.write_all(&buffer[..length]).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    format!("{before}@{here}/{after}")
}

#[tokio::test]
async fn nobody_inherits() {
    for mut live in databases("inherit", Options::new().max_connections(1)).await {
        if live.url.contains('@') {
            live.url = slowed(&live.url).await;
            live.db = AnyDb::connect_with(&live.url, live.db.options().clone()).await.unwrap();
        }
        let (db, name) = (&live.db, live.name);
        // another pool sees what is permanent; in memory there is but one connection
        let observer = if name == "memory" { db.clone() } else { AnyDb::connect(&live.url).await.unwrap() };
        let mut nexts = 0;
        let mut points = 0;
        for Operation { name: what, start, rows, .. } in operations::<Any>() {
            let mut polls = 0;
            loop {
                polls += 1;
                let before = select("t").count(&observer).await.unwrap();
                let finished = polled(start(db.clone()), polls).await;
                // the next borrower, on the only connection there can be
                assert_eq!(insert("next", 1).execute(db).await.unwrap(), 1);
                nexts += 1;
                let at = format!("{what} on {name}, dropped after {polls} polls");
                assert_eq!(select("next").count(&observer).await.unwrap(), nexts, "{at}: a write is lost");
                settle(db).await;
                let written = select("t").count(&observer).await.unwrap() - before;
                assert!(written == 0 || written == rows, "{at}: {written} of {rows} rows are there");
                if let Some(result) = finished {
                    result.unwrap_or_else(|error| panic!("{at}: {error}"));
                    assert_eq!(written, rows, "{at}");
                    points += polls - 1;
                    break;
                }
                assert!(polls < 300, "{at}: never ends");
            }
        }
        // short statements on an embedded database never wait
        let least = if live.url.contains('@') { 20 } else { 0 };
        assert!(points >= least, "{name}: dropped at {points} points only");
    }
}

#[tokio::test]
async fn what_is_asked_of_the_database() {
    for live in databases("asked", Options::new()).await {
        let (db, name) = (&live.db, live.name);
        assert!(!select("t").exists(db).await.unwrap(), "{name}");
        assert_eq!(insert("t", 1_300).execute(db).await.unwrap(), 1_300, "{name}");
        let returned = insert("t", 15).returning().all(db).await;
        if db.engine().has(Capability::HasReturning) {
            assert_eq!(returned.unwrap(), (0..15).collect::<Vec<i64>>(), "{name}");
        } else {
            let refused = returned.unwrap_err();
            assert!(matches!(refused.kind(), ErrorKind::Build(_)), "{name}: {refused}");
            assert_eq!(insert("t", 15).execute(db).await.unwrap(), 15, "{name}");
        }
        assert!(select("t").exists(db).await.unwrap(), "{name}");
        assert_eq!(select("t").count(db).await.unwrap(), 1_315, "{name}");
        let super::Test(relvar_query::ir::Statement::Select(mut few)) = select("t") else { panic!("a query") };
        few.further.distinct = relvar_query::ir::Distinct::Rows;
        let distinct = super::Test(relvar_query::ir::Statement::Select(few));
        assert_eq!(distinct.count(db).await.unwrap(), 1_300, "{name}: of a derived table");
        assert_eq!(select("t").all(db).await.unwrap().len(), 1_315, "{name}");
        assert!(select("t").first(db).await.unwrap().is_some(), "{name}");
        let many = select("t").optional(db).await.unwrap_err();
        assert!(matches!(many.kind(), ErrorKind::ManyRows), "{name}: {many}");
        let none = select("next").one(db).await.unwrap_err();
        assert!(none.is_no_row(), "{name}: {none}");
        tables().create_if_not_exists(db).await.unwrap();
        let there = tables().create(db).await.unwrap_err();
        assert!(there.statement().is_some_and(|sql| sql.starts_with("CREATE TABLE")), "{name}: {there}");
        tables().drop(db).await.unwrap();
        let gone = select("t").all(db).await.unwrap_err();
        assert_eq!(gone.category(), Some(crate::error::Category::Undefined), "{name}: {gone}");
        assert!(gone.to_string().contains("\n  in: SELECT"), "{name}: {gone}");
    }
}

#[tokio::test]
async fn streams_read_while_they_run() {
    for live in databases("streams", Options::new().max_connections(2)).await {
        let (db, name) = (&live.db, live.name);
        insert("t", 5_000).execute(db).await.unwrap();
        let mut stream = select("t").stream(db.clone());
        let mut sum = 0;
        while let Some(row) = next(&mut stream).await {
            sum += row.unwrap();
        }
        assert_eq!(sum, (0..5_000).sum::<i64>(), "{name}");
        // dropped half-way, it gives the connection up and the database goes on
        let mut stream = select("t").stream(db);
        assert!(next(&mut stream).await.unwrap().is_ok(), "{name}");
        drop(stream);
        assert_eq!(insert("next", 1).execute(db).await.unwrap(), 1, "{name}");
        settle(db).await;
    }
}

async fn next<R>(stream: &mut crate::fetch::RowStream<'_, R>) -> Option<Result<R>> {
    std::future::poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut *stream), context)).await
}

/// Two tasks whose write transactions meet, on one thread: a waiting one never blocks the one it waits for.
#[tokio::test(flavor = "current_thread")]
async fn interleaved_writers_finish() {
    for live in databases("writers", Options::new()).await {
        let (db, name) = (&live.db, live.name);
        let write = |db: Db<Any>| async move {
            for _ in 0..5 {
                let done: Result<()> = db
                    .transaction(|tx| async move {
                        insert("t", 1).execute(&tx).await?;
                        tokio::task::yield_now().await;
                        insert("t", 1).execute(&tx).await?;
                        Ok(())
                    })
                    .await;
                done.unwrap();
            }
        };
        let start = Instant::now();
        tokio::join!(write(db.clone()), write(db.clone()));
        // a wait for the one that waits ends when a time limit does, the least of which is five seconds
        assert!(start.elapsed() < Duration::from_secs(4), "{name}: {:?}", start.elapsed());
        assert_eq!(select("t").count(db).await.unwrap(), 20, "{name}");
    }
}

#[tokio::test]
async fn a_transaction_ends_as_its_closure_says() {
    for live in databases("closure", Options::new()).await {
        let (db, name) = (&live.db, live.name);
        let failed: Result<()> = db
            .transaction(|tx| async move {
                insert("t", 1).execute(&tx).await?;
                Err(Error::new(ErrorKind::NoRow))
            })
            .await;
        assert!(failed.unwrap_err().is_no_row(), "{name}");
        assert_eq!(select("t").count(db).await.unwrap(), 0, "{name}");
        let kept: Result<u64> = db
            .transaction(|tx| async move {
                let missing = tx.transaction(|inner| async move { insert("missing", 1).execute(&inner).await });
                assert_eq!(missing.await.unwrap_err().category(), Some(crate::error::Category::Undefined));
                insert("t", 1).execute(&tx).await
            })
            .await;
        assert_eq!(kept.unwrap(), 1, "{name}");
        assert_eq!(select("t").count(db).await.unwrap(), 1, "{name}");
        let refused: Result<u64> =
            db.transaction(|tx| async move { insert("t", 1).execute(&tx).await }).read_only().await;
        assert_eq!(refused.unwrap_err().category(), Some(crate::error::Category::ReadOnly), "{name}");
    }
}
