//! The runtime of relvar: a pooled asynchronous executor for statements of `relvar-query`.
#![cfg_attr(
    not(all(feature = "postgres", feature = "sqlite", any(feature = "mysql", feature = "mariadb"))),
    allow(dead_code, unused_mut, unused_variables, reason = "each driver calls its part of it")
)]

mod backend;
mod db;
mod entity;
pub mod error;
mod executor;
mod fetch;
#[cfg(feature = "migrate")]
mod held;
mod label;
#[cfg(feature = "migrate")]
pub mod migrate;
#[cfg(any(feature = "mysql", feature = "mariadb"))]
mod mysql;
mod options;
mod pool;
#[cfg(feature = "postgres")]
mod postgres;
mod raw;
mod run;
mod schema;
#[cfg(any(feature = "postgres", feature = "mysql", feature = "mariadb"))]
mod server;
#[cfg(feature = "sqlite")]
mod sqlite;
mod transaction;

pub use backend::Database;
pub use db::{Any, AnyDb, Connect, Db, ReadOnly};
pub use entity::Keyed;
pub use error::{Error, ErrorKind, Result};
pub use executor::Executor;
pub use fetch::{
    BoundStatement, BulkInsert, Execute, Fetch, InsertRows, NoParameters, Prepared, RowStream, Running, Stored, Upsert,
    Upserted, prepare,
};
pub use options::Options;
pub use pool::Metrics;
pub use raw::{RawConnection, SqlText, Unchecked};
pub use schema::Schema;
pub use transaction::{Isolation, Transaction, Tx};

#[cfg(all(test, not(loom)))]
mod tests;
