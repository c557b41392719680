//! The runtime of relvar: a pooled asynchronous executor for statements of `relvar-query`.

mod backend;
mod compile;
mod db;
pub mod error;
mod executor;
mod fetch;
mod label;
mod options;
mod pool;
#[cfg(feature = "postgres")]
mod postgres;
mod raw;
mod run;
#[cfg(feature = "sqlite")]
mod sqlite;
mod transaction;

pub use backend::Database;
pub use db::{Any, AnyDb, Connect, Db, ReadOnly};
pub use error::{Error, ErrorKind, Result};
pub use executor::Executor;
pub use fetch::{Execute, Fetch, RowStream};
pub use options::Options;
pub use pool::Metrics;
pub use raw::{RawConnection, SqlText, Unchecked};
pub use transaction::{Isolation, Transaction, Tx};
