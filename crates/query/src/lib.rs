//! The core of relvar: typed queries, schema definitions and dialect-specific SQL, without a driver.
#![doc(html_root_url = "https://docs.rs/relvar-query")]

pub mod compile;
#[doc(hidden)]
pub mod derive;
pub mod dialect;
pub mod error;
pub mod expr;
pub mod ir;
pub mod lower;
pub mod schema;
pub mod source;
pub mod statement;
pub mod types;
pub mod value;
