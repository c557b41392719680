//! A type-safe query builder and pooled async runtime: tables, indexes and queries that the compiler checks.
#![doc(html_root_url = "https://docs.rs/relvar")]

pub mod prelude;

#[doc(hidden)]
pub use relvar_query::derive;

pub use relvar_query as query;
pub use relvar_runtime as runtime;

pub use relvar_runtime::{
    AnyDb, Connect, Database, Db, Error, ErrorKind, Executor, Isolation, Metrics, Options, RawConnection, ReadOnly,
    Result, RowStream, SqlText, Transaction, Tx, Unchecked, error,
};
pub use relvar_schema_derive::{Insert, Patch, Row, SqlType, Table};

pub use {chrono, rust_decimal, serde_json, uuid};
