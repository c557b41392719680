//! A music shop: its tables, its data from CSV files, and twelve questions that every database answers alike.
//!
//! - `schema`: the tables, with keys and indexes;
//! - `csv`: rows from files, one after the other;
//! - [`load()`]: all files into all tables, or nothing;
//! - [`questions`]: the queries;
//! - [`Answer`]: what they give, and how it is shown.

mod answer;
mod csv;
mod load;
pub mod questions;
mod schema;

pub use answer::{Answer, Cell};
pub use load::{FILES, LoadError, load};
pub use schema::create;
