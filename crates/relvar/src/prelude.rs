//! What most programs need, to be imported whole: `use relvar::prelude::*;`.

pub use relvar_schema_derive::{Embed, Insert, Patch, Row, SqlType, Table, View, sql_function};

pub use relvar_query::dialect::{Dialect, MariaDb, MySql, Portable, Postgres, Sqlite};
pub use relvar_query::expr::{
    ArrayOps, Bits, BooleanSearch, Cast, Collation, Column, Compare, Condition, English, Expr, Expression, Headline,
    InetOps, Interval, JsonOps, Logic, Normalization, OrderBy, Param, Quantify, RangeOps, Rounding, RowAmong,
    RowCompare, Search, Simple, Temporal, Text, TextQueryOps, Vectors, Weight, all, any, array, case, case_of,
    concat_ws, constant, contains, current_date, ends_with, from_epoch_micros, fts5_highlight, fts5_rank, fts5_rank_by,
    fts5_snippet, gen_random_uuid, greatest, identifier, json_array, json_object, least, make_date, match_boolean,
    match_fts5, match_fts5_prefix, match_natural, now, phrase_query, plain_query, prefix_query, random, range_of,
    regex_group, sql_unchecked, starts_with, to_tsvector, value, web_query, window,
};
pub use relvar_query::ir::{Exclude, FrameBound, LockWait, SampleMethod, SearchOrder};
pub use relvar_query::source::{
    Comparison, Cte, Entity, Exclusion, Insertable, Materialized, Named, Nullify, Scope, Set, Table, View,
    generate_series, generate_series_by, generate_times, json_documents, json_elements, recursive, recursive_distinct,
    selection, unnest, unnest_both, values,
};
pub use relvar_query::sql;
pub use relvar_query::statement::{
    DeleteOf, Fetchable, Query, Rows, Select, Statement, UpdateOf, WithHead, exists, not_exists,
};
pub use relvar_query::types::{Age, Inet, Json, Lossy, NotNull, Nullable, Nullness, Range, SqlType, Vector};
pub use relvar_runtime::{
    AnyDb, Db, Execute, Executor, Fetch, InsertRows, Isolation, Keyed, Prepared, Schema, Stored, Tx, Upsert, prepare,
};
