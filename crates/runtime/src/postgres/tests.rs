//! Tests against a live server, at `RELVAR_TEST_POSTGRES`, and against servers that misbehave.

mod drift;
mod errors;
mod fake;
mod faults;
mod types;

use relvar_query::ir::Bound;
use relvar_query::types::{Cells, DecodeError, RowReader, SqlType, Type};
use relvar_query::value::Value;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::PostgresBackend;
use super::connection::PostgresConnection;
use crate::backend::{Backend, BadCell, Connection, Done, Lane, Request, RowSink, Work};
use crate::error::Result;
use crate::options::Options;

fn url() -> String {
    std::env::var("RELVAR_TEST_POSTGRES").unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/test".to_owned())
}

fn backend() -> PostgresBackend {
    PostgresBackend::from_url(&url(), &Options::default()).unwrap()
}

/// A connection whose schema is empty and its own.
async fn connect(schema: &str) -> PostgresConnection {
    let mut connection = another(schema).await;
    let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    connection.script(&sql).await.unwrap();
    connection
}

/// One more connection to a schema.
async fn another(schema: &str) -> PostgresConnection {
    let mut connection = backend().connect(Lane::Write).await.unwrap();
    connection.script(&format!("SET search_path = {schema}, public; SET client_min_messages = warning")).await.unwrap();
    connection
}

/// Rows as they are read, up to a number.
struct Rows<R> {
    read: fn(&mut RowReader<'_>) -> Result<R, DecodeError>,
    rows: Vec<R>,
    enough: usize,
}

impl<R: Send> RowSink for Rows<R> {
    fn row(&mut self, row: &dyn Cells) -> Result<ControlFlow<()>, BadCell> {
        let mut reader = RowReader::new(row);
        match (self.read)(&mut reader) {
            Ok(row) => self.rows.push(row),
            Err(why) => return Err(BadCell { position: reader.position(), why }),
        }
        Ok(if self.rows.len() >= self.enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

/// A statement and how to run it.
struct Run<'a> {
    sql: Arc<str>,
    arguments: Vec<Bound<'a>>,
    expected: Vec<&'static Type>,
    persistent: bool,
    stop_after: Option<u64>,
}

fn run(sql: &str) -> Run<'static> {
    Run { sql: sql.into(), arguments: Vec::new(), expected: Vec::new(), persistent: true, stop_after: None }
}

impl<'a> Run<'a> {
    fn bind<'b>(self, arguments: Vec<Bound<'b>>) -> Run<'b>
    where
        'a: 'b,
    {
        Run { arguments, ..self }
    }

    async fn on<R: Send>(&self, connection: &mut PostgresConnection, rows: &mut Rows<R>) -> Result<Done> {
        let label = |i| format!("t.c{i}");
        let request = Request {
            sql: &self.sql,
            arguments: &self.arguments,
            expected: &self.expected,
            label: &label,
            persistent: self.persistent,
            work: Work::Read,
            stop_after: self.stop_after,
        };
        connection.run(request, rows).await
    }

    /// The first column of all rows.
    async fn column<T: SqlType + Send>(mut self, connection: &mut PostgresConnection) -> Result<Vec<T>> {
        self.expected = vec![T::SQL_TYPE];
        let mut rows = Rows { read: |cells| cells.read::<T>(), rows: Vec::new(), enough: usize::MAX };
        self.on(connection, &mut rows).await.map(|_| rows.rows)
    }

    /// How many rows were affected.
    async fn execute(self, connection: &mut PostgresConnection) -> Result<u64> {
        let mut rows = Rows::<()> { read: |_| unreachable!("no rows are wanted"), rows: Vec::new(), enough: 0 };
        self.on(connection, &mut rows).await.map(|done| done.affected)
    }
}

/// Shows that the connection is in step.
async fn in_step(connection: &mut PostgresConnection) {
    assert!(!connection.is_broken());
    let seven = run("SELECT $1").bind(vec![Bound::Value(&Value::I32(7), i32::SQL_TYPE)]);
    assert_eq!(seven.column::<i32>(connection).await.unwrap(), [7]);
}
