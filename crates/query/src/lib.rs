//! The core of relvar: typed queries, schema definitions and dialect-specific SQL, without a driver.
#![doc(html_root_url = "https://docs.rs/relvar-query")]

pub mod dialect;
pub mod error;
pub mod expr;
pub mod ir;
pub mod schema;
pub mod statement;
pub mod types;
pub mod value;
