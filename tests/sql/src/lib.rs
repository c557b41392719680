//! Every construct as SQL of each dialect, side by side, then run live: twice, with other values.
//!
//! - [`query`] and [`change`] begin a case, [`Case`] says what it can state;
//! - [`schema`] has the tables, `data.sql` their rows: few, and the same for every case.

mod case;
mod live;
pub mod schema;
mod temp;

pub use case::{Case, DoesNotCompile, PerDialect, change, query};
pub use live::{Live, databases};

pub mod prelude {
    //! What a file of cases imports.

    pub use crate::schema::*;
    pub use crate::{DoesNotCompile, PerDialect, change, query};
    pub use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
    pub use relvar_query::dialect::*;
    pub use relvar_query::expr::*;
    pub use relvar_query::source::*;
    pub use relvar_query::statement::*;
    pub use relvar_query::types::*;
    pub use rust_decimal::Decimal;
    pub use serde_json::json;
    pub use uuid::Uuid;

    /// A point in time: `2026-01-15T08:30:15.25Z`.
    pub fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// A decimal by its digits.
    pub fn decimal(digits: &str) -> Decimal {
        digits.parse().unwrap()
    }
}
