//! The back-end by itself: what every case needs.

mod blocking;
mod busy;
mod errors;
mod opening;
mod transactions;
mod values;

use relvar_query::ir::Bound;
use relvar_query::types::{Cell, CellTypes, Cells, DecodeError, SqlType};
use relvar_query::value::Value;
use std::future::Future;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::{SqliteBackend, SqliteConnection};
use crate::backend::{Backend, BadCell, Connection, Done, Lane, Request, RowSink, Work};
use crate::error::{Error, Result};
use crate::options::Options;

/// A database file that goes when the test does.
struct File(PathBuf);

impl File {
    fn new() -> File {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("relvar-{}-{}.db", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        File(std::env::temp_dir().join(name))
    }

    fn url(&self) -> String {
        format!("sqlite://{}", self.0.display())
    }

    fn backend(&self) -> SqliteBackend {
        SqliteBackend::from_url(&self.url(), &Options::default()).unwrap()
    }

    async fn open(&self) -> SqliteConnection {
        self.backend().connect(Lane::Write).await.unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", self.0.display()));
        }
    }
}

fn in_memory() -> SqliteBackend {
    SqliteBackend::from_url("sqlite::memory:", &Options::default()).unwrap()
}

async fn memory() -> SqliteConnection {
    in_memory().connect(Lane::Write).await.unwrap()
}

fn current_thread<F: Future>(test: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test)
}

/// A cell that owns its data.
#[derive(Clone, Debug, PartialEq)]
enum Kept {
    Null,
    Integer(i64),
    Real(f64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

impl Kept {
    fn of(cell: Cell<'_>) -> Kept {
        match cell {
            Cell::Null => Kept::Null,
            Cell::Integer(i) => Kept::Integer(i),
            Cell::Real(r) => Kept::Real(r),
            Cell::Text(text) => Kept::Text(text.to_vec()),
            Cell::Blob(bytes) => Kept::Blob(bytes.to_vec()),
            other => panic!("not a cell of SQLite: {other:?}"),
        }
    }

    fn text(text: &str) -> Kept {
        Kept::Text(text.as_bytes().to_vec())
    }
}

/// Reads rows with a function, and may have enough.
struct Reader<R> {
    read: fn(&dyn Cells) -> Result<R, BadCell>,
    rows: Vec<R>,
    break_after: usize,
}

impl<R: Send + 'static> RowSink for Reader<R> {
    fn row(&mut self, row: &dyn Cells) -> std::result::Result<ControlFlow<()>, BadCell> {
        self.rows.push((self.read)(row)?);
        Ok(if self.rows.len() == self.break_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

/// A statement for a test.
#[derive(Clone, Copy)]
struct Sql<'s> {
    text: &'s str,
    arguments: &'s [Value],
    columns: usize,
    persistent: bool,
    work: Work,
    stop_after: Option<u64>,
    break_after: usize,
}

fn read(text: &str, columns: usize) -> Sql<'_> {
    Sql { text, arguments: &[], columns, persistent: true, work: Work::Read, stop_after: None, break_after: usize::MAX }
}

fn write(text: &str) -> Sql<'_> {
    Sql { work: Work::Write, ..read(text, 0) }
}

impl Sql<'_> {
    async fn with<R: Send + 'static>(
        self,
        connection: &mut SqliteConnection,
        read: fn(&dyn Cells) -> Result<R, BadCell>,
    ) -> Result<(Done, Vec<R>)> {
        let sql: Arc<str> = self.text.into();
        let arguments: Vec<Bound<'_>> = self.arguments.iter().map(|v| Bound::Value(v, String::SQL_TYPE)).collect();
        let expected = CellTypes::listed(vec![String::SQL_TYPE; self.columns]);
        let label = |i: usize| format!("column {i}");
        let request = Request {
            affected: Default::default(),
            sql: &sql,
            arguments: &arguments,
            expected: &expected,
            label: &label,
            persistent: self.persistent,
            work: self.work,
            stop_after: self.stop_after,
        };
        let mut reader = Reader { read, rows: Vec::new(), break_after: self.break_after };
        let done = connection.run(&request, &mut reader).await?;
        Ok((done, reader.rows))
    }

    /// The first cell of each row.
    async fn cells(self, connection: &mut SqliteConnection) -> Result<Vec<Kept>> {
        Ok(self.with(connection, |row| at(row, 0, |cell| Ok(Kept::of(cell)))).await?.1)
    }

    async fn affected(self, connection: &mut SqliteConnection) -> Result<u64> {
        Ok(self.with(connection, |_| Ok(())).await?.0.affected)
    }
}

fn at<R>(
    row: &dyn Cells,
    position: usize,
    decode: impl FnOnce(Cell<'_>) -> std::result::Result<R, DecodeError>,
) -> Result<R, BadCell> {
    row.cell(position).and_then(decode).map_err(|why| BadCell { position, why })
}

fn failed<T: std::fmt::Debug>(result: Result<T>) -> Error {
    result.expect_err("it must fail")
}

/// Rows with the numbers from 1 to this, made by opcodes alone.
fn numbers(to: u64) -> String {
    format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {to})")
}
