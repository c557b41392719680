//! relvar: a type-safe query builder and pooled async runtime, with tables, indexes and queries checked by the compiler.
#![doc(html_root_url = "https://docs.rs/relvar")]

pub mod prelude;

#[doc(hidden)]
pub use relvar_query::derive;
pub use relvar_query::{dialect, error, expr, schema, source, statement, types, value};
pub use relvar_schema_derive::{Embed, Insert, Patch, Row, SqlType, Table};
