//! Tests against a live server, at `RELVAR_TEST_POSTGRES`, and against servers that misbehave.

mod drift;
mod errors;
mod fake;
mod faults;
mod types;

use relvar_query::ir::Bound;
use relvar_query::types::SqlType;
use relvar_query::value::Value;

use super::PostgresBackend;
use super::connection::PostgresConnection;
use crate::backend::{Backend, Connection, Lane};
use crate::options::Options;
use crate::server::harness::{Rows, run};

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

/// Shows that the connection is in step.
async fn in_step(connection: &mut PostgresConnection) {
    assert!(!connection.is_broken());
    let seven = run("SELECT $1").bind(vec![Bound::Value(&Value::I32(7), i32::SQL_TYPE)]);
    assert_eq!(seven.column::<i32>(connection).await.unwrap(), [7]);
}
