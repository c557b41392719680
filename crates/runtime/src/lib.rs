//! The runtime of relvar: a pooled asynchronous executor for statements of `relvar-query`.

mod backend;
pub mod error;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

pub use error::{Error, ErrorKind, Result};
