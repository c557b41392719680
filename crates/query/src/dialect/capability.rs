//! Capabilities: one trait for each thing that not every database can say.
//!
//! A capability holds for a set if it holds for every dialect in it. Each row of the table below names
//! the trait, its complement, the databases that have it, and the way out for the others. The same table
//! answers at run time, by [`Engine::has`], for statements whose dialect was not known when they were written.

use super::Engine;
use super::set::{Dialect, MariaDb, MySql, Nowhere, Postgres, Sqlite, Without};

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident $lack:ident $have:ty, $message:literal, $way_out:literal;)*) => { $(
        $(#[$doc])*
        // the same words as those of the complement: the compiler shows the one or the other, by whom it is about
        #[diagnostic::on_unimplemented(
            message = $message,
            label = "not available on {Self}, where this may run",
            note = $way_out,
            note = "if the table needs one database only, say so: `#[table(dialect = ..)]`"
        )]
        pub trait $name: Dialect {}
        impl<D: Dialect> $name for D where Without<D, $have>: $lack {}

        /// Of the dialects that lack it: that there are none.
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(
            message = $message,
            label = "not available on {Self}, where this may run",
            note = $way_out,
            note = "if the table needs one database only, say so: `#[table(dialect = ..)]`"
        )]
        pub trait $lack {}
        #[diagnostic::do_not_recommend]
        impl $lack for Nowhere {}
    )*
        /// A capability, at run time: the trait of the same name as a value.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Capability {
            $($(#[$doc])* $name,)*
        }

        impl Engine {
            /// Whether the database has `capability`.
            pub fn has(self, capability: Capability) -> bool {
                match capability {
                    $(Capability::$name => <$have as Dialect>::ENGINES.contains(&self),)*
                }
            }
        }
    };
}

capabilities! {
    /// INSERT … RETURNING.
    HasReturning NoReturning (Postgres, MariaDb, Sqlite),
        "{Self} has no RETURNING clause", "insert, then select by key";
    /// UPDATE … RETURNING.
    HasUpdateReturning NoUpdateReturning (Postgres, Sqlite),
        "{Self} has no RETURNING clause on UPDATE", "update, then select by key";
    /// DELETE … RETURNING.
    HasDeleteReturning NoDeleteReturning (Postgres, MariaDb, Sqlite),
        "{Self} has no RETURNING clause on DELETE", "select for update, then delete by key";
    /// ON CONFLICT with a target.
    HasOnConflict NoOnConflict (Postgres, Sqlite),
        "{Self} has no ON CONFLICT clause", "`on_duplicate_key()` is what MySQL and MariaDB have";
    /// ON DUPLICATE KEY UPDATE.
    HasOnDuplicateKey NoOnDuplicateKey (MySql, MariaDb),
        "{Self} has no ON DUPLICATE KEY clause", "`on_conflict(key)` is what PostgreSQL and SQLite have";
    /// Indexes with a WHERE clause.
    HasPartialIndex NoPartialIndex (Postgres, Sqlite),
        "{Self} has no partial indexes", "drop `filter`, or index a generated column";
    /// Indexes on expressions.
    HasExpressionIndex NoExpressionIndex (Postgres, MySql, Sqlite),
        "{Self} has no indexes on expressions", "index a generated column";
    /// Indexes that carry further columns.
    HasCoveringIndex NoCoveringIndex Postgres,
        "{Self} has no covering indexes (INCLUDE)", "append the columns to the key";
    /// GIN indexes.
    HasGin NoGin Postgres,
        "{Self} has no GIN indexes", "index an expression on the document instead";
    /// GiST indexes.
    HasGist NoGist Postgres,
        "{Self} has no GiST indexes", "use a B-tree index";
    /// BRIN indexes.
    HasBrin NoBrin Postgres,
        "{Self} has no BRIN indexes", "use a B-tree index";
    /// Hash indexes.
    HasHashIndex NoHashIndex Postgres,
        "{Self} has no hash indexes", "use a B-tree index";
    /// RIGHT JOIN.
    HasRightJoin NoRightJoin (Postgres, MySql, MariaDb, Sqlite),
        "{Self} has no RIGHT JOIN", "swap the tables and use `left_join`";
    /// FULL JOIN.
    HasFullJoin NoFullJoin (Postgres, Sqlite),
        "{Self} has no FULL JOIN", "unite a left join with an anti-join";
    /// FILTER on aggregates.
    HasAggregateFilter NoAggregateFilter (Postgres, Sqlite),
        "{Self} has no FILTER clause on aggregates", "use `case()` inside the aggregate";
    /// UPDATE … FROM.
    HasUpdateFrom NoUpdateFrom (Postgres, Sqlite),
        "{Self} cannot join in an UPDATE this way", "use a subquery in `set`";
    /// GROUPS and EXCLUDE in the frame of a window.
    HasGroupsFrame NoGroupsFrame (Postgres, Sqlite),
        "{Self} has no GROUPS or EXCLUDE in a window's frame", "use `rows` or `range`";
    /// FOR UPDATE.
    HasRowLocks NoRowLocks (Postgres, MySql, MariaDb),
        "{Self} has no row locks", "a write transaction locks the whole database there: read inside of one";
    /// FOR SHARE.
    HasShareLocks NoShareLocks (Postgres, MySql),
        "{Self} has no FOR SHARE", "use `for_update`";
    /// FOR NO KEY UPDATE and FOR KEY SHARE.
    HasKeyLocks NoKeyLocks Postgres,
        "{Self} has no FOR NO KEY UPDATE or FOR KEY SHARE", "use `for_update`";
    /// LATERAL: a derived table that sees the sources before it.
    HasLateral NoLateral (Postgres, MySql),
        "{Self} has no LATERAL", "use a correlated subquery in the select list";
    /// Statements that change rows inside WITH.
    HasModifyingCte NoModifyingCte Postgres,
        "{Self} cannot change rows inside WITH", "run two statements in a transaction";
    /// DISTINCT ON.
    HasDistinctOn NoDistinctOn Postgres,
        "{Self} has no DISTINCT ON", "use `row_number()` in a derived table";
    /// NULLS FIRST and LAST.
    HasNullsOrder NoNullsOrder (Postgres, Sqlite),
        "{Self} has no NULLS FIRST or NULLS LAST", "order by `is_null()` first";
    /// Arrays.
    HasArrays NoArrays Postgres,
        "{Self} has no arrays", "keep the list as `Json<Vec<..>>`";
    /// Containment of JSON documents (`@>`).
    HasJsonContains NoJsonContains Postgres,
        "{Self} has no JSON containment operator", "compare paths: `.text(\"key\").eq(..)`";
    /// Full-text search with tsvector.
    HasTextSearch NoTextSearch Postgres,
        "{Self} has no `to_tsvector`", "use `like`";
    /// ILIKE.
    HasIlike NoIlike Postgres,
        "{Self} has no ILIKE", "compare `lower()` of both sides";
    /// Exact decimal arithmetic, order and aggregates.
    HasDecimal NoDecimal (Postgres, MySql, MariaDb),
        "{Self} has no exact decimals", "say `.lossy()` to calculate in floating point there";
    /// Enums that sort as their labels are declared.
    HasEnumOrder NoEnumOrder Postgres,
        "{Self} has no order of enums", "keep a number beside the enum, or sort in Rust";
}

/// The databases that make random UUIDs.
pub type MakesUuids = (Postgres, MariaDb);
