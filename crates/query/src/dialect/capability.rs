//! Capabilities: one trait for each thing that not every database can say.
//!
//! A capability holds for a set if it holds for every dialect in it. Each row of the table below names
//! the trait, its complement, the databases that have it, and the way out for the others. The same table
//! answers at run time, by [`Engine::has`], for statements whose dialect was not known when they were written.

use super::Engine;
use super::set::{Dialect, MariaDb, MySql, Nowhere, Postgres, Sqlite, Without};

macro_rules! capabilities {
    ($($(#[doc = $doc:literal])* $name:ident $lack:ident $have:ty, $message:literal, $way_out:literal;)*) => { $(
        $(#[doc = $doc])*
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
        #[cfg_attr(not(doc), doc(hidden))]
        pub enum Capability {
            $($(#[doc = $doc])* $name,)*
        }

        impl Capability {
            /// All of them.
            pub const ALL: &'static [Capability] = &[$(Capability::$name),*];

            /// What it is, in a sentence.
            pub fn describe(self) -> &'static str {
                match self {
                    $(Capability::$name => concat!($($doc),*).trim_start(),)*
                }
            }
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
    /// RETURNING columns of the other tables of an UPDATE … FROM.
    HasUpdateJoinReturning NoUpdateJoinReturning Postgres,
        "{Self} cannot return columns of the other tables of an UPDATE", "`.returning()` gives back the rows that are changed: select the others by key";
    /// DELETE … RETURNING.
    HasDeleteReturning NoDeleteReturning (Postgres, MariaDb, Sqlite),
        "{Self} has no RETURNING clause on DELETE", "select for update, then delete by key";
    /// DELETE by rows of other tables: USING, JOIN.
    HasDeleteJoin NoDeleteJoin (Postgres, MySql, MariaDb),
        "{Self} cannot join other tables in DELETE", "filter by them: `.filter(|t| exists(..))`, or `.filter(|t| t.id.in_query(..))`";
    /// RETURNING on DELETE by rows of other tables.
    HasDeleteJoinReturning NoDeleteJoinReturning Postgres,
        "{Self} has no RETURNING clause on DELETE with other tables", "filter by them, `.filter(|t| exists(..))`, where DELETE alone has RETURNING; elsewhere select for update, then delete by key";
    /// ON DUPLICATE KEY UPDATE.
    HasOnDuplicateKey NoOnDuplicateKey (MySql, MariaDb),
        "{Self} has no ON DUPLICATE KEY clause", "`on_conflict(key)` is what PostgreSQL and SQLite have; for a statement for fewer databases, say `.only_on::<(MySql, MariaDb)>()`";
    /// ON CONFLICT ON CONSTRAINT.
    HasOnConstraint NoOnConstraint Postgres,
        "{Self} has no ON CONFLICT ON CONSTRAINT", "`.on_conflict(key)` names the columns of a key";
    /// MERGE.
    HasMerge NoMerge Postgres,
        "{Self} has no MERGE", "upsert: `insert(..).on_conflict(key).update(..)`; or say `.only_on::<Postgres>()` before `.using(..)`";
    /// Indexes with a WHERE clause.
    HasPartialIndex NoPartialIndex (Postgres, Sqlite),
        "{Self} has no partial indexes", "drop `filter`, or index a generated column that is NULL for the other rows";
    /// Indexes on expressions.
    HasExpressionIndex NoExpressionIndex (Postgres, MySql, Sqlite),
        "{Self} has no indexes on expressions", "index a generated column: `#[column(generated = |t| .., index)]`";
    /// Indexes that carry further columns.
    HasCoveringIndex NoCoveringIndex Postgres,
        "{Self} has no covering indexes (INCLUDE)", "append the columns to the key";
    /// GIN indexes.
    HasGin NoGin Postgres,
        "{Self} has no GIN indexes", "index a generated column that takes the value out of the document; for words in text, MySQL and MariaDB have `using = FullText`";
    /// GiST indexes.
    HasGist NoGist Postgres,
        "{Self} has no GiST indexes", "use a B-tree index";
    /// BRIN indexes.
    HasBrin NoBrin Postgres,
        "{Self} has no BRIN indexes", "use a B-tree index";
    /// Hash indexes.
    HasHashIndex NoHashIndex Postgres,
        "{Self} has no hash indexes", "use a B-tree index";
    /// FULLTEXT indexes.
    HasFullText NoFullText (MySql, MariaDb),
        "{Self} has no FULLTEXT indexes", "PostgreSQL has `using = Gin` on `to_tsvector(..)`";
    /// Indexes on the beginning of a text.
    HasPrefixIndex NoPrefixIndex (MySql, MariaDb),
        "{Self} has no indexes on the beginning of a column", "index the column as a whole";
    /// Indexes that plans pass over.
    HasInvisibleIndex NoInvisibleIndex (MySql, MariaDb),
        "{Self} has no invisible indexes", "drop the index instead";
    /// Columns that `SELECT *` leaves out.
    HasInvisibleColumn NoInvisibleColumn (MySql, MariaDb),
        "{Self} has no invisible columns", "leave `invisible` out: queries name their columns anyway";
    /// Generated columns that are computed when they are read.
    HasVirtualColumn NoVirtualColumn (MySql, MariaDb, Sqlite),
        "{Self} has no virtual generated columns", "leave `virtual` out: the column is stored then";
    /// SET DEFAULT as the action of a foreign key.
    HasSetDefault NoSetDefault (Postgres, Sqlite),
        "{Self} has no SET DEFAULT on foreign keys", "use `SetNull`, `Cascade` or `Restrict`";
    /// RIGHT JOIN.
    HasRightJoin NoRightJoin (Postgres, MySql, MariaDb, Sqlite),
        "{Self} has no RIGHT JOIN", "swap the tables and use `left_join`";
    /// FULL JOIN.
    HasFullJoin NoFullJoin (Postgres, Sqlite),
        "{Self} has no FULL JOIN", "unite a left join with an anti-join";
    /// GROUPS and EXCLUDE in the frame of a window.
    HasGroupsFrame NoGroupsFrame (Postgres, Sqlite),
        "{Self} has no GROUPS or EXCLUDE in a window's frame", "use `rows` or `range`";
    /// FOR UPDATE.
    HasRowLocks NoRowLocks (Postgres, MySql, MariaDb),
        "{Self} has no row locks", "a write transaction locks the whole database there: read inside of one";
    /// FOR SHARE, or LOCK IN SHARE MODE.
    HasShareLocks NoShareLocks (Postgres, MySql, MariaDb),
        "{Self} has no FOR SHARE", "use `for_update`";
    /// FOR NO KEY UPDATE and FOR KEY SHARE.
    HasKeyLocks NoKeyLocks Postgres,
        "{Self} has no FOR NO KEY UPDATE or FOR KEY SHARE", "use `for_update`";
    /// LATERAL: a derived table that sees the sources before it.
    HasLateral NoLateral (Postgres, MySql),
        "{Self} has no LATERAL", "use a correlated subquery in the select list, or `row_number()` in a derived table";
    /// Statements that change rows inside WITH.
    HasModifyingCte NoModifyingCte Postgres,
        "{Self} cannot change rows inside WITH", "run two statements in a transaction";
    /// DISTINCT ON.
    HasDistinctOn NoDistinctOn Postgres,
        "{Self} has no DISTINCT ON", "use `row_number()` in a derived table";
    /// ROLLUP in GROUP BY.
    HasRollup NoRollup (Postgres, MySql, MariaDb),
        "{Self} has no ROLLUP", "unite the groups with their totals: `.union_all(..)`";
    /// ROLLUP over expressions.
    HasExpressionRollup NoExpressionRollup Postgres,
        "{Self} has no ROLLUP over expressions", "group by columns: `.select(|t| (t.at.year(), ..)).derived().query()` makes a column of an expression";
    /// ORDER BY beside ROLLUP.
    HasSortedRollup NoSortedRollup (Postgres, MySql),
        "{Self} cannot sort what ROLLUP groups", "sort a derived table: `.select(..).derived().query().order_by(..)`";
    /// CUBE and GROUPING SETS.
    HasGroupingSets NoGroupingSets Postgres,
        "{Self} has no CUBE or GROUPING SETS", "unite a query for each set: `.union_all(..)`";
    /// GROUPING(): which rows are totals.
    HasGrouping NoGrouping (Postgres, MySql),
        "{Self} has no GROUPING()", "a key that is never NULL by itself is NULL in totals: `.is_null()`";
    /// INTERSECT ALL and EXCEPT ALL.
    HasSetAll NoSetAll (Postgres, MySql, MariaDb),
        "{Self} has no INTERSECT ALL or EXCEPT ALL", "number the rows that are alike with `row_number()`";
    /// OF in a row lock.
    HasLockOf NoLockOf (Postgres, MySql),
        "{Self} locks the rows of all tables of a query", "lock in a query on the one table first";
    /// TABLESAMPLE.
    HasTableSample NoTableSample Postgres,
        "{Self} has no TABLESAMPLE", "filter by a column that is evenly spread";
    /// Index hints: USE INDEX and its kin.
    HasIndexHints NoIndexHints (MySql, MariaDb),
        "{Self} has no index hints", "bring the statistics up to date: the planner chooses the index";
    /// Functions in FROM that number their rows: WITH ORDINALITY.
    HasOrdinality NoOrdinality Postgres,
        "{Self} has no WITH ORDINALITY", "number the rows in Rust";
    /// MATERIALIZED and NOT MATERIALIZED.
    HasMaterialized NoMaterialized (Postgres, Sqlite),
        "{Self} has no MATERIALIZED", "the planner decides whether a common table expression is kept";
    /// SEARCH and CYCLE.
    HasSearchCycle NoSearchCycle Postgres,
        "{Self} has no SEARCH or CYCLE", "carry the depth or the path in a column of the query";
    /// A default for LAG and LEAD.
    HasLagDefault NoLagDefault (Postgres, MySql, Sqlite),
        "{Self} has no default in LAG and LEAD", "use `.coalesce(..)` on the result";
    /// Intervals in the frame of a window.
    HasIntervalFrame NoIntervalFrame (Postgres, MySql),
        "{Self} has no intervals in a window's frame", "sort by a number: the seconds since a fixed time";
    /// ORDER BY within JSON aggregates.
    HasSortedJsonAgg NoSortedJsonAgg (Postgres, MariaDb, Sqlite),
        "{Self} cannot sort within a JSON aggregate", "sort the list in Rust";
    /// DISTINCT within JSON aggregates.
    HasDistinctJsonAgg NoDistinctJsonAgg (Postgres, MariaDb, Sqlite),
        "{Self} has no DISTINCT within a JSON aggregate", "select distinct rows in a derived table first";
    /// DISTINCT within an aggregate with a separator.
    HasDistinctStringAgg NoDistinctStringAgg (Postgres, MySql, MariaDb),
        "{Self} has no DISTINCT in an aggregate with a separator", "select distinct rows in a derived table first";
    /// Texts aggregated over a window.
    HasStringAggOver NoStringAggOver (Postgres, Sqlite),
        "{Self} cannot aggregate texts over a window", "group in a derived table and join it";
    /// JSON aggregated over a window.
    HasJsonAggOver NoJsonAggOver (Postgres, MySql, Sqlite),
        "{Self} cannot aggregate JSON over a window", "group in a derived table and join it";
    /// Standard deviations and variances.
    HasStatistics NoStatistics (Postgres, MySql, MariaDb),
        "{Self} has no standard deviation or variance", "average the squares: `g.avg(|t| t.x * t.x)`";
    /// Correlation, covariance and regression.
    HasRegression NoRegression Postgres,
        "{Self} has no correlation or regression", "compute it in Rust from sums of products";
    /// BIT_AND and its kin.
    HasBitAggregates NoBitAggregates (Postgres, MySql, MariaDb),
        "{Self} has no aggregates of bits", "combine the bits in Rust";
    /// BIT_XOR over a window. MariaDB 10.11 gives a wrong result there: -1 for 7 and -7.
    HasBitXorOver NoBitXorOver (Postgres, MySql),
        "{Self} cannot combine bits by XOR over a window", "group in a derived table and join it";
    /// WITHIN GROUP.
    HasWithinGroup NoWithinGroup Postgres,
        "{Self} has no WITHIN GROUP", "number the rows with `ntile()` or `row_number()`";
    /// Views that keep their rows until they are refreshed.
    HasMaterializedView NoMaterializedView Postgres,
        "{Self} has no materialized views", "keep the rows in a table of their own, and fill it by `insert_from`";
    /// Arrays.
    HasArrays NoArrays Postgres,
        "{Self} has no arrays", "keep the list as `Json<Vec<..>>`";
    /// ANY and ALL of the rows of a subquery.
    HasQuantified NoQuantified (Postgres, MySql, MariaDb),
        "{Self} has no ANY and ALL", "compare with the `min` or `max` of the subquery, or use `in_query` and `exists`";
    /// Ranges.
    HasRanges NoRanges Postgres,
        "{Self} has no ranges", "keep the two bounds as columns";
    /// Network addresses.
    HasInet NoInet Postgres,
        "{Self} has no network addresses", "keep them as text";
    /// Vectors (the extension pgvector).
    HasVectors NoVectors Postgres,
        "{Self} has no vectors", "keep them as bytes and compare them in Rust";
    /// Similarity by trigrams (the extension pg_trgm).
    HasTrigrams NoTrigrams Postgres,
        "{Self} has no trigrams", "use `like`";
    /// MATCH … AGAINST.
    HasMatchAgainst NoMatchAgainst (MySql, MariaDb),
        "{Self} has no MATCH … AGAINST", "`matches` is PostgreSQL's full-text search, `matches_fts5` SQLite's";
    /// MATCH of FTS5 tables.
    HasFts5 NoFts5 Sqlite,
        "{Self} has no FTS5", "`matches` is PostgreSQL's full-text search, `match_natural` that of MySQL and MariaDB";
    /// Containment of JSON documents (`@>`).
    HasJsonContains NoJsonContains Postgres,
        "{Self} has no JSON containment operator", "compare paths: `.text(\"key\").eq(..)`";
    /// JSON keys by operators (`?`), documents put together (`||`).
    HasJsonOperators NoJsonOperators Postgres,
        "{Self} has no JSON operators `?` and `||`", "`has(path)` and `json_merge_patch` are what others have";
    /// SQL/JSON paths with filters.
    HasJsonPath NoJsonPath Postgres,
        "{Self} has no SQL/JSON paths with filters", "name the way by keys and positions: `text((\"a\", 0))`";
    /// Merging JSON documents by RFC 7396.
    HasJsonMergePatch NoJsonMergePatch (MySql, MariaDb, Sqlite),
        "{Self} has no JSON merge patch", "`json_concat` puts the keys of two documents together, `json_set` sets one";
    /// Full-text search with tsvector.
    HasTextSearch NoTextSearch Postgres,
        "{Self} has no `to_tsvector`", "use `like`";
    /// ILIKE.
    HasIlike NoIlike Postgres,
        "{Self} has no ILIKE", "compare `lower()` of both sides";
    /// Roots, powers and logarithms.
    HasMath NoMath (Postgres, MySql, MariaDb),
        "{Self} has no roots, powers and logarithms", "calculate in Rust: not every build of SQLite has them";
    /// Time zones by name.
    HasTimeZones NoTimeZones Postgres,
        "{Self} has no time zones by name", "keep points in time, and show them in a zone in Rust";
    /// Regular expressions.
    HasRegex NoRegex (Postgres, MySql, MariaDb),
        "{Self} has no regular expressions", "use `like`, or look at the text in Rust";
    /// How many times a regular expression matches.
    HasRegexCount NoRegexCount Postgres,
        "{Self} has no `regexp_count`", "count the matches in Rust";
    /// The months, days and microseconds between two timestamps.
    HasAge NoAge Postgres,
        "{Self} has no `age`", "`months_since`, `days_since` and `seconds_since` are on every database";
    /// Text backwards.
    HasReverse NoReverse (Postgres, MySql, MariaDb),
        "{Self} cannot reverse text", "reverse it in Rust";
    /// Parts of text between separators.
    HasSplitPart NoSplitPart (Postgres, MySql, MariaDb),
        "{Self} has no `split_part`", "cut by `position` and `substring`, or in Rust";
    /// Exact decimal arithmetic, order and aggregates.
    HasDecimal NoDecimal (Postgres, MySql, MariaDb),
        "{Self} has no exact decimals", "say `.lossy()` to calculate in floating point there, and exactly elsewhere";
    /// Enums that sort as their labels are declared.
    HasEnumOrder NoEnumOrder Postgres,
        "{Self} has no order of enums", "keep a number beside the enum, or sort in Rust";
}

/// The databases that make series of numbers and times.
pub type MakesSeries = Postgres;

/// The databases that have arrays.
pub type MakesArrays = Postgres;

/// The databases that make random UUIDs.
pub type MakesUuids = (Postgres, MariaDb);

/// The databases that search documents by `tsquery`.
pub type SearchesText = Postgres;
