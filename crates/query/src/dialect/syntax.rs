//! The syntax of each dialect as data: what statements look like where databases differ.
//!
//! A dialect states only what differs from the standard. Functions, operators, aggregates and type names
//! are tables of their own beside this one; what a database lacks altogether is a
//! [`Capability`](super::Capability).

use super::Engine;
use crate::ir::ListStyle;

/// How a dialect writes its statements.
#[derive(Debug)]
pub struct Syntax {
    /// Around names; doubled inside of them.
    pub quote: char,
    /// The longest name that is not cut off or refused.
    pub name_limit: NameLimit,
    /// Whether names can end in a space and have characters beyond the basic multilingual plane. MySQL writes `?` for
    /// such a character, and then knows no such name.
    pub names_of_all: bool,
    /// Whether names that differ in upper and lower case only are one name.
    pub names_fold: bool,
    /// What stands for a bound value.
    pub placeholder: Placeholder,
    /// How a list of values is bound.
    pub lists: ListStyle,
    /// How many values a statement can bind.
    pub max_arguments: usize,
    /// How much a statement of many rows should insert or change at most where it keeps the thread that calls it: its
    /// values and their bytes. About half a millisecond of work.
    pub at_once: Option<(usize, usize)>,
    /// Behind a bound LIMIT or OFFSET. SQLite prepares a statement anew at each run when either is a bare
    /// placeholder.
    pub after_limit: &'static str,
    /// The LIMIT that OFFSET needs beside it, where it cannot stand alone.
    pub no_limit: Option<&'static str>,
    /// How text is quoted.
    pub text: TextLiteral,
    /// The collation that compares text character by character, spaces at the end too, where the database needs to
    /// be told: that of tables, and of expressions that no column has a word in.
    pub collation: Option<&'static str>,
    /// How a row that is there already is dealt with.
    pub upsert: Upsert,
    /// What the database puts behind the name of a table to name its primary key.
    pub primary_key: Option<&'static str>,
    /// A condition that always holds and counts, where an upsert updates a row: what the function
    /// [`UpdatesCounted`](crate::ir::Function::UpdatesCounted) reads.
    pub counts_update: Option<&'static str>,
    /// A condition that always holds and counts, for each row that a query gives to an upsert: what the function
    /// [`RowsCounted`](crate::ir::Function::RowsCounted) reads.
    pub counts_rows: Option<&'static str>,
    /// Whether SET assigns one column after the other, so that a value sees what was set before it.
    pub sets_in_order: bool,
    /// The function that makes rows of an array in a select list: side by side with others, as many as the longest has.
    pub spread: Option<&'static str>,
    /// INSERT of a row of nothing but defaults, behind the table.
    pub default_row: &'static str,
    /// Whether WITH stands before INSERT, rather than before its SELECT.
    pub with_before_insert: bool,
    /// Whether WITH can stand before UPDATE and DELETE.
    pub with_before_change: bool,
    /// Whether UPDATE and DELETE join other sources to the table that is changed, rather than behind FROM and USING.
    pub changes_joined: bool,
    /// Whether a subquery of UPDATE or DELETE can read the table that is changed.
    pub reads_changed_table: bool,
    /// Whether a sort key can say where NULLs are.
    pub nulls_order: bool,
    /// Whether aggregates have a FILTER clause.
    pub aggregate_filter: bool,
    /// Whether an expression that is grouped by is known again where it stands once more. Where it is not, it
    /// stands there as its own minimum, which it is.
    pub knows_grouped: bool,
    /// Whether ORDER BY a grouped column holds beside a window. MariaDB reads the groups in the order of an index,
    /// leaves the sorting out and then sorts for the window.
    pub sorts_after_windows: bool,
    /// Whether a placeholder takes the type that is bound beside nothing that has one, rather than `double`.
    pub placeholders_have_types: bool,
    /// Whether a number in the text needs a cast to the type that it is of, because a literal has the smallest that
    /// holds it.
    pub cast_literals: bool,
    /// Whether a literal that is cast to bigint makes a column of bigint. MariaDB makes one that holds the digits of the
    /// literal, and what is added to it by a recursive common table expression is out of range.
    pub casts_widen: bool,
    /// Whether rows are compared as the standard has it. For MariaDB a NULL in a part that decides nothing makes the
    /// whole unknown, and what is unknown so IS NOT NULL. MySQL takes it for granted of an outer join, and leaves out
    /// the rows that found nothing.
    pub compares_rows: bool,
    /// Whether rows are looked for in lists as the standard has it. For MySQL and MariaDB a NULL in a part makes it
    /// unknown whether a row is there that differs in another part.
    pub seeks_rows: bool,
    /// Whether the query behind IN can have a LIMIT of its own, rather than in a derived table.
    pub limit_behind_in: bool,
    /// Whether the select of an upsert needs a WHERE, so that its ON is not taken for a join's.
    pub upsert_needs_where: bool,
    /// How JSON documents are looked into.
    pub json: JsonSyntax,
    /// A bound document as a value inside another one, not as text: `{0}`.
    pub json_value: &'static str,
    /// The collation that compares text by the numbers of its characters.
    pub by_code_points: &'static str,
    /// Whether a path into a document finds keys that begin with a minus. MariaDB takes it for a position that is
    /// counted from the end, even in quotes.
    pub json_keys_with_minus: bool,
    /// How texts are aggregated.
    pub string_agg: StringAgg,
    /// Whether ROLLUP stands behind the keys, as WITH ROLLUP.
    pub with_rollup: bool,
    /// Whether ORDER BY can stand beside ROLLUP.
    pub rollup_is_sorted: bool,
    /// Whether the branches of a set operation behind the first stand in parentheses.
    pub branch_in_parentheses: bool,
    /// How rows are written down in FROM.
    pub value_rows: ValueRows,
    /// An interval of so many microseconds in a window's frame.
    pub interval: Option<&'static str>,
    /// How a lock is written that others can hold, too.
    pub share_lock: &'static str,
    /// Whether types have names of their own beside those of their kinds: enums, domains, extensions' types.
    pub named_types: bool,
    /// How tables are declared.
    pub ddl: Ddl,
}

/// How tables are declared.
#[derive(Debug)]
pub struct Ddl {
    /// Behind a column that the database numbers, where it is not the sole primary key.
    pub identity: Option<&'static str>,
    /// The whole definition of a column that is the sole primary key and numbered.
    pub identity_key: Option<&'static str>,
    /// How an enum is declared.
    pub enums: Enums,
    /// How comments are declared.
    pub comments: Comments,
    /// Whether any DEFAULT but a plain number needs parentheses.
    pub default_in_parentheses: bool,
    /// Whether NOT NULL can stand with GENERATED ALWAYS AS.
    pub generated_not_null: bool,
    /// Whether a decimal is text in columns, and so in their defaults.
    pub decimal_is_text: bool,
    /// Whether the schema stands before the table in REFERENCES and CREATE INDEX, rather than before the index.
    pub schema_before_table: bool,
    /// Whether `IF NOT EXISTS` goes with CREATE INDEX.
    pub index_if_not_exists: bool,
    /// Whether `OR REPLACE` goes with CREATE VIEW.
    pub or_replace_view: bool,
    /// Whether an index key can have an operator class or say where NULLs are.
    pub index_key_options: bool,
    /// What stands before a table's name to look at its data again, for the planner.
    pub analyze: &'static str,
    /// Whether text and bytes can be in a key only with a length.
    pub keys_need_length: bool,
    /// Behind an index that plans pass over.
    pub invisible_index: Option<&'static str>,
    /// Whether a document's text can be in an index's key: elsewhere it has no length.
    pub indexes_json_text: bool,
    /// Behind the definition of a numbered key, where a number is not to be given twice.
    pub never_reused: Option<&'static str>,
}

/// How an enum is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enums {
    /// As a type of its own.
    Type,
    /// As the column's type: `ENUM('a', 'b')`.
    Inline,
    /// As a CHECK on text.
    Check,
}

/// How comments are declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// By statements of their own.
    Statement,
    /// In the definition.
    Inline,
    /// Not in the database: they are for people who read the declaration.
    Nowhere,
}

/// The longest name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameLimit {
    /// In bytes of UTF-8.
    Bytes(usize),
    /// In characters.
    Characters(usize),
    /// There is none.
    None,
}

/// What stands for a bound value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// A prefix and the number of the argument, which may be repeated.
    Numbered(char),
    /// `?`, one value each.
    Positional,
}

/// How text is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextLiteral {
    /// `'…'`, and `E'…'` where there are backslashes or control characters; no NUL.
    Escaped,
    /// `'…'`, and the bytes in hexadecimal, cast to text, where there are control characters.
    Blob,
    /// `'…'`, and `_utf8mb4 X'…'` where there are backslashes or control characters, whatever the mode.
    Introduced,
}

/// How a row that is there already is dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(doc), doc(hidden))]
pub enum Upsert {
    /// `ON CONFLICT (…) DO …`, the proposed row being `excluded`.
    OnConflict,
    /// `ON DUPLICATE KEY UPDATE`, the proposed row being an alias behind VALUES, or that of a derived table.
    DuplicateKeyAlias,
    /// `ON DUPLICATE KEY UPDATE`, the proposed values being `VALUES(column)`.
    DuplicateKeyValues,
}

/// The variable that counts the rows that an upsert has left as they were, where the database's own count has them
/// in it.
pub const PASSED_OVER: &str = "@relvar_passed_over";

/// The variable that counts the rows that upserts have updated.
pub const UPDATED: &str = "@relvar_updated";

/// The variable that counts the rows that queries have given to upserts, where the database's own count of what was
/// inserted and updated tells nothing.
pub const GIVEN: &str = "@relvar_given";

/// How JSON documents are looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonSyntax {
    /// `->` and `->>` with one key or position each.
    Operators,
    /// `->` and `->>` with a path.
    PathOperators,
    /// JSON_EXTRACT and JSON_UNQUOTE with a path.
    Functions,
}

/// How rows are written down in FROM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueRows {
    /// `(VALUES (…), (…)) AS name (columns)`
    Standard,
    /// `(VALUES ROW(…), ROW(…)) AS name (columns)`
    Rows,
    /// `(VALUES (…), (…))`, whose columns are called `column1` and so on.
    Numbered,
    /// `(SELECT … AS column … UNION ALL SELECT …)`
    Selects,
}

/// How texts are aggregated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StringAgg {
    /// The separator is the second argument.
    Argument(&'static str),
    /// The separator is the second argument, and DISTINCT takes one argument only.
    ArgumentNotDistinct(&'static str),
    /// `GROUP_CONCAT(… SEPARATOR 'text')`
    Separator,
}

impl Engine {
    /// How the database writes its statements.
    pub const fn syntax(self) -> &'static Syntax {
        match self {
            Engine::Postgres => &POSTGRES,
            Engine::MySql => &MYSQL,
            Engine::MariaDb => &MARIADB,
            Engine::Sqlite => &SQLITE,
        }
    }
}

/// What most have in common; PostgreSQL is nearest to the standard.
const STANDARD: Syntax = Syntax {
    quote: '"',
    name_limit: NameLimit::None,
    names_of_all: true,
    names_fold: true,
    placeholder: Placeholder::Positional,
    lists: ListStyle::Padded,
    max_arguments: 65_535,
    at_once: None,
    after_limit: "",
    no_limit: None,
    text: TextLiteral::Escaped,
    collation: None,
    upsert: Upsert::OnConflict,
    primary_key: None,
    counts_update: None,
    counts_rows: None,
    sets_in_order: false,
    spread: None,
    default_row: "DEFAULT VALUES",
    with_before_insert: true,
    with_before_change: true,
    changes_joined: false,
    reads_changed_table: true,
    nulls_order: true,
    aggregate_filter: true,
    knows_grouped: true,
    sorts_after_windows: true,
    placeholders_have_types: true,
    cast_literals: true,
    casts_widen: true,
    compares_rows: true,
    seeks_rows: true,
    limit_behind_in: true,
    upsert_needs_where: false,
    json: JsonSyntax::Operators,
    json_value: "{0}",
    by_code_points: "\"C\"",
    json_keys_with_minus: true,
    string_agg: StringAgg::Argument("string_agg"),
    with_rollup: false,
    rollup_is_sorted: true,
    branch_in_parentheses: true,
    value_rows: ValueRows::Standard,
    interval: None,
    share_lock: "FOR SHARE",
    named_types: false,
    ddl: Ddl {
        identity: Some("GENERATED BY DEFAULT AS IDENTITY"),
        identity_key: None,
        enums: Enums::Type,
        comments: Comments::Statement,
        default_in_parentheses: false,
        generated_not_null: true,
        decimal_is_text: false,
        schema_before_table: true,
        index_if_not_exists: true,
        or_replace_view: true,
        index_key_options: true,
        analyze: "ANALYZE",
        keys_need_length: false,
        invisible_index: None,
        indexes_json_text: true,
        never_reused: None,
    },
};

static POSTGRES: Syntax = Syntax {
    name_limit: NameLimit::Bytes(63),
    names_fold: false,
    placeholder: Placeholder::Numbered('$'),
    spread: Some("unnest"),
    lists: ListStyle::Array,
    primary_key: Some("_pkey"),
    named_types: true,
    interval: Some("CAST('{0} microseconds' AS interval)"),
    ..STANDARD
};

static SQLITE: Syntax = Syntax {
    placeholder: Placeholder::Numbered('?'),
    max_arguments: 32_766,
    at_once: Some((2_560, 256 << 10)),
    after_limit: "+0",
    cast_literals: false,
    no_limit: Some("-1"),
    text: TextLiteral::Blob,
    upsert_needs_where: true,
    counts_update: Some("relvar_count_update()"),
    counts_rows: Some("relvar_count_row()"),
    json: JsonSyntax::PathOperators,
    json_value: "json({0})",
    by_code_points: "BINARY",
    string_agg: StringAgg::ArgumentNotDistinct("group_concat"),
    branch_in_parentheses: false,
    value_rows: ValueRows::Numbered,
    ddl: Ddl {
        identity: None,
        identity_key: Some("INTEGER PRIMARY KEY"),
        enums: Enums::Check,
        comments: Comments::Nowhere,
        default_in_parentheses: true,
        decimal_is_text: true,
        schema_before_table: false,
        or_replace_view: false,
        index_key_options: false,
        never_reused: Some("AUTOINCREMENT"),
        ..STANDARD.ddl
    },
    ..STANDARD
};

const MYSQL_FAMILY: Syntax = Syntax {
    quote: '`',
    name_limit: NameLimit::Characters(64),
    names_of_all: false,
    no_limit: Some("18446744073709551615"),
    text: TextLiteral::Introduced,
    sets_in_order: true,
    // `IS NOT NULL` would be known before it is computed
    counts_update: Some("(@relvar_updated := coalesce(@relvar_updated, 0) + 1) > 0"),
    counts_rows: Some("(@relvar_given := coalesce(@relvar_given, 0) + 1) > 0"),
    default_row: "() VALUES ()",
    with_before_insert: false,
    changes_joined: true,
    nulls_order: false,
    aggregate_filter: false,
    knows_grouped: false,
    placeholders_have_types: false,
    compares_rows: false,
    seeks_rows: false,
    limit_behind_in: false,
    json: JsonSyntax::Functions,
    by_code_points: "utf8mb4_0900_bin",
    string_agg: StringAgg::Separator,
    with_rollup: true,
    ddl: Ddl {
        identity: Some("AUTO_INCREMENT"),
        enums: Enums::Inline,
        comments: Comments::Inline,
        default_in_parentheses: true,
        analyze: "ANALYZE TABLE",
        index_key_options: false,
        keys_need_length: true,
        indexes_json_text: false,
        ..STANDARD.ddl
    },
    ..STANDARD
};

static MYSQL: Syntax = Syntax {
    value_rows: ValueRows::Rows,
    interval: Some("INTERVAL {0} MICROSECOND"),
    upsert: Upsert::DuplicateKeyAlias,
    reads_changed_table: false,
    collation: Some("utf8mb4_0900_bin"),
    ddl: Ddl { index_if_not_exists: false, invisible_index: Some("INVISIBLE"), ..MYSQL_FAMILY.ddl },
    ..MYSQL_FAMILY
};

static MARIADB: Syntax = Syntax {
    rollup_is_sorted: false,
    share_lock: "LOCK IN SHARE MODE",
    value_rows: ValueRows::Selects,
    upsert: Upsert::DuplicateKeyValues,
    json_value: "json_extract({0}, '$')",
    by_code_points: "utf8mb4_nopad_bin",
    with_before_change: false,
    casts_widen: false,
    sorts_after_windows: false,
    json_keys_with_minus: false,
    collation: Some("utf8mb4_nopad_bin"),
    ddl: Ddl { generated_not_null: false, invisible_index: Some("IGNORED"), ..MYSQL_FAMILY.ddl },
    ..MYSQL_FAMILY
};
