//! The samples of the guide and of the README: compiled, shown as they are, run on the databases.
//!
//! A sample is code in `tests/guide`, behind a comment that names it:
//!
//! ```text
//! #[test]
//! fn one_column() {
//!     query(|| {
//!         // sample: one_column
//!         Book::query().select(|b| b.title)
//!     })
//!     .gives(["Solaris"]);
//! }
//! ```
//!
//! A page shows it by that name, `<!-- sample: one_column -->`, and below it stand the SQL that relvar writes, the code,
//! and on which databases it runs if that is not all of them. The tests compare all of this, and run the sample on
//! SQLite in memory and on the servers that there are. What a page must say is written into it by
//!
//! ```text
//! RELVAR_GUIDE_BLESS=1 cargo test -p relvar-guide-tests --all-features
//! ```
//!
//! so that a new sample is a test and one line of the page; then read what was written.
//!
//! Why not doctests of the pages: each sample would have to bring its tables and rows along, hidden from the reader of the
//! page but not from its source; editors and `cargo fmt` do not see code in Markdown; rustdoc compiles all of it
//! whenever the library changes; and the SQL could not be compared. Here the code is ordinary code, in one binary, and
//! what the reader sees cannot be anything else.
//!
//! - [`query`] and [`change`] begin a sample, [`Sample`] says what is tested of it;
//! - [`construct`] is what there is to be shown;
//! - [`page`] is the pages, [`region`] the code in source files;
//! - [`schema`] has the tables.

pub mod construct;
pub mod page;
mod place;
pub mod region;
mod sample;
pub mod schema;
mod sql;

pub use sample::{Sample, change, query};

pub mod prelude {
    //! What a file of samples imports.

    pub use crate::schema::*;
    pub use crate::{change, query};
    pub use relvar::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
    pub use relvar::prelude::*;
    pub use relvar::query::dialect::Engine;
    pub use relvar::rust_decimal::Decimal;
    pub use serde_json::json;

    /// A point in time: `2026-01-15T08:30:00Z`.
    pub fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }
}
