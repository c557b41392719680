//! What most programs need, to be imported whole: `use relvar::prelude::*;`.

pub use relvar_schema_derive::{Embed, Insert, Patch, Row, SqlType, Table};

pub use relvar_query::dialect::{Dialect, MariaDb, MySql, Portable, Postgres, Sqlite};
pub use relvar_query::expr::{
    ArrayOps, Cast, Column, Compare, Condition, English, Expr, Expression, Interval, JsonOps, Logic, OrderBy, Rounding,
    Search, Simple, Temporal, Text, all, any, case, constant, contains, ends_with, gen_random_uuid, greatest, least,
    now, starts_with, to_tsvector, value, window,
};
pub use relvar_query::source::{Cte, Entity, Insertable, Nullify, Scope, Set, Table, recursive, selection};
pub use relvar_query::statement::{Fetchable, Query, Rows, Select, Statement, exists, not_exists};
pub use relvar_query::types::{Json, NotNull, Nullable, Nullness, SqlType};
pub use relvar_runtime::{AnyDb, Db, Execute, Executor, Fetch, InsertRows, Isolation, Keyed, Schema, Tx};
