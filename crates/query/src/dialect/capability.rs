//! Capabilities: one trait for each thing that not every database can say.
//!
//! A capability holds for a set if it holds for every dialect in it. Each row of the table below names
//! the databases that have it and the way out for the others.

use super::set::{Dialect, MariaDb, MySql, Postgres, Sqlite};

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident [$($dialect:ident)*] $message:literal, $way_out:literal;)*) => { $(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = $message,
            label = "this must run on {Self}",
            note = $way_out,
            note = "if the table needs one database only, say so: `#[table(dialect = ..)]`"
        )]
        pub trait $name: Dialect {}
        $(impl $name for $dialect {})*
        #[diagnostic::do_not_recommend]
        impl<A: $name, B: $name> $name for (A, B) where (A, B): Dialect {}
        #[diagnostic::do_not_recommend]
        impl<A: $name, B: $name, C: $name> $name for (A, B, C) where (A, B, C): Dialect {}
        #[diagnostic::do_not_recommend]
        impl<A: $name, B: $name, C: $name, E: $name> $name for (A, B, C, E) where (A, B, C, E): Dialect {}
    )* };
}

capabilities! {
    /// INSERT … RETURNING.
    HasReturning [Postgres Sqlite MariaDb]
        "{Self} has no RETURNING clause", "insert, then select by key";
    /// UPDATE … RETURNING.
    HasUpdateReturning [Postgres Sqlite]
        "{Self} has no RETURNING clause on UPDATE", "update, then select by key";
    /// DELETE … RETURNING.
    HasDeleteReturning [Postgres Sqlite MariaDb]
        "{Self} has no RETURNING clause on DELETE", "select for update, then delete by key";
    /// ON CONFLICT with a target.
    HasOnConflict [Postgres Sqlite]
        "{Self} has no ON CONFLICT clause", "`on_duplicate_key()` is what MySQL and MariaDB have";
    /// ON DUPLICATE KEY UPDATE.
    HasOnDuplicateKey [MySql MariaDb]
        "{Self} has no ON DUPLICATE KEY clause", "`on_conflict(key)` is what PostgreSQL and SQLite have";
    /// Indexes with a WHERE clause.
    HasPartialIndex [Postgres Sqlite]
        "{Self} has no partial indexes", "drop `filter`, or index a generated column";
    /// Indexes on expressions.
    HasExpressionIndex [Postgres MySql Sqlite]
        "{Self} has no indexes on expressions", "index a generated column";
    /// Indexes that carry further columns.
    HasCoveringIndex [Postgres]
        "{Self} has no covering indexes (INCLUDE)", "append the columns to the key";
    /// GIN indexes.
    HasGin [Postgres]
        "{Self} has no GIN indexes", "index an expression on the document instead";
    /// GiST indexes.
    HasGist [Postgres]
        "{Self} has no GiST indexes", "use a B-tree index";
    /// BRIN indexes.
    HasBrin [Postgres]
        "{Self} has no BRIN indexes", "use a B-tree index";
    /// Hash indexes.
    HasHashIndex [Postgres]
        "{Self} has no hash indexes", "use a B-tree index";
    /// RIGHT JOIN.
    HasRightJoin [Postgres MySql MariaDb Sqlite]
        "{Self} has no RIGHT JOIN", "swap the tables and use `left_join`";
    /// FULL JOIN.
    HasFullJoin [Postgres Sqlite]
        "{Self} has no FULL JOIN", "unite a left join with an anti-join";
    /// FILTER on aggregates.
    HasAggregateFilter [Postgres Sqlite]
        "{Self} has no FILTER clause on aggregates", "use `case()` inside the aggregate";
    /// UPDATE … FROM.
    HasUpdateFrom [Postgres Sqlite]
        "{Self} cannot join in an UPDATE this way", "use a subquery in `set`";
    /// Statements that change rows inside WITH.
    HasModifyingCte [Postgres]
        "{Self} cannot change rows inside WITH", "run two statements in a transaction";
    /// DISTINCT ON.
    HasDistinctOn [Postgres]
        "{Self} has no DISTINCT ON", "use `row_number()` in a derived table";
    /// NULLS FIRST and LAST.
    HasNullsOrder [Postgres Sqlite]
        "{Self} has no NULLS FIRST or NULLS LAST", "order by `is_null()` first";
    /// Arrays.
    HasArrays [Postgres]
        "{Self} has no arrays", "keep the list as `Json<Vec<..>>`";
    /// Containment of JSON documents (`@>`).
    HasJsonContains [Postgres]
        "{Self} has no JSON containment operator", "compare paths: `.text(\"key\").eq(..)`";
    /// Full-text search with tsvector.
    HasTextSearch [Postgres]
        "{Self} has no `to_tsvector`", "use `like`";
    /// ILIKE.
    HasIlike [Postgres]
        "{Self} has no ILIKE", "compare `lower()` of both sides";
    /// Exact decimal arithmetic, order and aggregates.
    HasDecimal [Postgres MySql MariaDb]
        "{Self} has no exact decimals", "say `.lossy()` to calculate in floating point there";
    /// Enums that sort as their labels are declared.
    HasEnumOrder [Postgres]
        "{Self} has no order of enums", "keep a number beside the enum, or sort in Rust";
}

/// The databases that make random UUIDs.
pub type MakesUuids = (Postgres, MariaDb);
