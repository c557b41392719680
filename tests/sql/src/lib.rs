//! Every construct as SQL of each dialect, side by side, then run live: twice, with other values.
//!
//! - [`query`], [`change`] and [`upserted`] begin a case, [`Case`] says what it can state;
//! - [`schema`] has the tables, `data.sql` their rows: few, and the same for every case;
//! - [`postgres_schema`] is a place for tests that are no cases;
//! - [`Written`] runs a statement on a database that is chosen when the test runs.

mod case;
mod live;
mod place;
pub mod schema;
mod written;

pub use case::{Case, DoesNotCompile, PerDialect, change, query, upserted};
pub use place::{PostgresSchema, postgres_schema};
pub use written::Written;

pub mod prelude {
    //! What a file of cases imports.

    pub use crate::schema::*;
    pub use crate::{DoesNotCompile, PerDialect, change, query, upserted};
    pub use relvar::Upserted;
    pub use relvar::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
    pub use relvar::prelude::*;
    pub use relvar::rust_decimal::Decimal;
    pub use relvar::uuid::Uuid;
    pub use serde_json::json;

    /// A point in time: `2026-01-15T08:30:15.25Z`.
    pub fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// A decimal by its digits.
    pub fn decimal(digits: &str) -> Decimal {
        digits.parse().unwrap()
    }
}
