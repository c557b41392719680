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
    /// Whether names that differ in upper and lower case only are one name.
    pub names_fold: bool,
    /// What stands for a bound value.
    pub placeholder: Placeholder,
    /// How a list of values is bound.
    pub lists: ListStyle,
    /// How many values a statement can bind.
    pub max_arguments: usize,
    /// Behind a bound LIMIT or OFFSET. SQLite prepares a statement anew at each run when either is a bare
    /// placeholder.
    pub after_limit: &'static str,
    /// The LIMIT that OFFSET needs beside it, where it cannot stand alone.
    pub no_limit: Option<&'static str>,
    /// How text is quoted.
    pub text: TextLiteral,
    /// How a row that is there already is dealt with.
    pub upsert: Upsert,
    /// Whether SET assigns one column after the other, so that a value sees what was set before it.
    pub sets_in_order: bool,
    /// INSERT of a row of nothing but defaults, behind the table.
    pub default_row: &'static str,
    /// Whether WITH stands before INSERT, rather than before its SELECT.
    pub with_before_insert: bool,
    /// Whether WITH can stand before UPDATE and DELETE.
    pub with_before_change: bool,
    /// Whether the select of an upsert needs a WHERE, so that its ON is not taken for a join's.
    pub upsert_needs_where: bool,
    /// How JSON documents are looked into.
    pub json: JsonSyntax,
    /// How texts are aggregated.
    pub string_agg: StringAgg,
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
    /// Whether an index key can have an operator class or say where NULLs are.
    pub index_key_options: bool,
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
    /// `ON DUPLICATE KEY UPDATE`, the proposed row being an alias behind VALUES.
    DuplicateKeyAlias,
    /// `ON DUPLICATE KEY UPDATE`, the proposed values being `VALUES(column)`.
    DuplicateKeyValues,
}

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
    names_fold: true,
    placeholder: Placeholder::Positional,
    lists: ListStyle::Padded,
    max_arguments: 65_535,
    after_limit: "",
    no_limit: None,
    text: TextLiteral::Escaped,
    upsert: Upsert::OnConflict,
    sets_in_order: false,
    default_row: "DEFAULT VALUES",
    with_before_insert: true,
    with_before_change: true,
    upsert_needs_where: false,
    json: JsonSyntax::Operators,
    string_agg: StringAgg::Argument("string_agg"),
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
        index_key_options: true,
    },
};

static POSTGRES: Syntax = Syntax {
    name_limit: NameLimit::Bytes(63),
    names_fold: false,
    placeholder: Placeholder::Numbered('$'),
    lists: ListStyle::Array,
    named_types: true,
    ..STANDARD
};

static SQLITE: Syntax = Syntax {
    placeholder: Placeholder::Numbered('?'),
    max_arguments: 32_766,
    after_limit: "+0",
    no_limit: Some("-1"),
    text: TextLiteral::Blob,
    upsert_needs_where: true,
    json: JsonSyntax::PathOperators,
    string_agg: StringAgg::ArgumentNotDistinct("group_concat"),
    ddl: Ddl {
        identity: None,
        identity_key: Some("INTEGER PRIMARY KEY"),
        enums: Enums::Check,
        comments: Comments::Nowhere,
        default_in_parentheses: true,
        decimal_is_text: true,
        schema_before_table: false,
        index_key_options: false,
        ..STANDARD.ddl
    },
    ..STANDARD
};

const MYSQL_FAMILY: Syntax = Syntax {
    quote: '`',
    name_limit: NameLimit::Characters(64),
    no_limit: Some("18446744073709551615"),
    text: TextLiteral::Introduced,
    sets_in_order: true,
    default_row: "() VALUES ()",
    with_before_insert: false,
    json: JsonSyntax::Functions,
    string_agg: StringAgg::Separator,
    ddl: Ddl {
        identity: Some("AUTO_INCREMENT"),
        enums: Enums::Inline,
        comments: Comments::Inline,
        default_in_parentheses: true,
        index_key_options: false,
        ..STANDARD.ddl
    },
    ..STANDARD
};

static MYSQL: Syntax = Syntax {
    upsert: Upsert::DuplicateKeyAlias,
    ddl: Ddl { index_if_not_exists: false, ..MYSQL_FAMILY.ddl },
    ..MYSQL_FAMILY
};

static MARIADB: Syntax = Syntax {
    upsert: Upsert::DuplicateKeyValues,
    with_before_change: false,
    ddl: Ddl { generated_not_null: false, ..MYSQL_FAMILY.ddl },
    ..MYSQL_FAMILY
};
