//! The runtime of relvar: a pooled asynchronous executor for statements of `relvar-query`.

mod backend;
pub mod error;
mod options;
mod pool;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;
mod transaction;

pub use backend::Database;
pub use error::{Error, ErrorKind, Result};
pub use options::Options;
pub use pool::Metrics;
pub use transaction::Isolation;
