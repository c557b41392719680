//! The core of relvar: typed queries, schema definitions and dialect-specific SQL, without a driver.
#![doc(html_root_url = "https://docs.rs/relvar-query")]

// In messages the compiler shortens a path to its last name if no other visible item of the crate has that name, be it
// the variant of an enum. What users see of the types is documented for all, and hidden only from the compiler where
// its names are those of what users write: `Column`, `Select`, `Postgres`.
pub mod compile;
#[doc(hidden)]
pub mod derive;
pub mod dialect;
pub mod error;
pub mod expr;
#[cfg_attr(not(doc), doc(hidden))]
pub mod ir;
pub mod lower;
pub mod schema;
pub mod source;
pub mod statement;
pub mod types;
#[cfg_attr(not(doc), doc(hidden))]
pub mod value;
