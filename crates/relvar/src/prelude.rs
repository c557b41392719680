//! What most programs need: `use relvar::prelude::*;`

pub use relvar_query::dialect::{Dialect, MariaDb, MySql, Portable, Postgres, Sqlite};
pub use relvar_query::expr::{
    ArrayOps, Cast, Compare, Condition, English, Expr, Expression, Interval, JsonOps, Logic, OrderBy, Rounding, Search,
    Simple, Temporal, Text, all, any, case, constant, contains, ends_with, gen_random_uuid, greatest, least, now,
    starts_with, to_tsvector, value,
};
pub use relvar_query::source::{Entity, Insertable, Set, Table, recursive};
pub use relvar_query::statement::{Fetchable, Query, Rows, Statement, exists, not_exists};
pub use relvar_query::types::{Json, NotNull, Nullable, Nullness};
pub use relvar_schema_derive::{Embed, Insert, Patch, Row, SqlType, Table};
