//! Schema definitions: tables, columns, keys and indexes as plain data, made by `#[derive(Table)]`.
//!
//! Owned, comparable and serialisable, without closures: what DDL is written from and what migrations compare.

mod column;
pub mod define;
mod index;

pub use column::{
    AutoIncrement, CanAllBeNull, CanBeNull, HasLength, HasPrecision, KeyPart, References, RefersTo, Stamped, Versioned,
};
pub use index::{
    BTree, Brin, DefaultOps, FullText, Gin, GinTrgmOps, Gist, GistTrgmOps, HasPrefix, Hash, InBTree, InBrin,
    InFullText, InGin, InGist, InHash, IncludedColumns, IndexKey, IndexKeys, JsonbOps, JsonbPathOps, Method, NamedOps,
    OperatorClass, Prefix, TextPatternOps, UniqueMethod, VarcharPatternOps,
};

use serde::{Deserialize, Serialize};

use crate::ir::{self, Direction, Node, Nulls};
use crate::types::Type;

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TableDef {
    /// The schema, where it is not the default one.
    pub schema: Option<String>,
    /// The table's name.
    pub name: String,
    /// The columns, in the order of the struct's fields.
    pub columns: Vec<ColumnDef>,
    /// The names of the primary key's columns.
    pub primary_key: Vec<String>,
    /// UNIQUE constraints.
    pub unique: Vec<UniqueDef>,
    /// FOREIGN KEY constraints.
    pub foreign_keys: Vec<ForeignKeyDef>,
    /// CHECK constraints.
    pub checks: Vec<CheckDef>,
    /// Indexes.
    pub indexes: Vec<IndexDef>,
    /// The collation of the text columns that have none of their own.
    pub collation: Option<String>,
    /// A comment kept with the table.
    pub comment: Option<String>,
}

impl TableDef {
    /// A table without columns.
    pub fn new(schema: Option<&str>, name: &str) -> TableDef {
        TableDef {
            schema: schema.map(str::to_owned),
            name: name.to_owned(),
            columns: Vec::new(),
            primary_key: Vec::new(),
            unique: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            indexes: Vec::new(),
            collation: None,
            comment: None,
        }
    }
}

/// A view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ViewDef {
    /// The schema, where it is not the default one.
    pub schema: Option<String>,
    /// The view's name.
    pub name: String,
    /// The names of its columns, in the order of the struct's fields.
    pub columns: Vec<String>,
    /// What it shows. Its values become literals when it is written.
    pub query: ir::Statement,
    /// Whether it keeps its rows until it is refreshed.
    pub materialized: bool,
    /// The indexes of a materialized view.
    pub indexes: Vec<IndexDef>,
}

impl ViewDef {
    /// A view that shows what `query` gives.
    pub fn new(schema: Option<&str>, name: &str, columns: Vec<String>, query: ir::Statement) -> ViewDef {
        let schema = schema.map(str::to_owned);
        ViewDef { schema, name: name.to_owned(), columns, query, materialized: false, indexes: Vec::new() }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnDef {
    /// The column's name.
    pub name: String,
    /// Its type; a declared name stands in `ty.name`.
    pub ty: Type,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// The greatest length in characters or bytes.
    pub length: Option<u32>,
    /// Digits in all and after the point, of a decimal.
    pub precision: Option<(u32, u32)>,
    /// DEFAULT, an expression of constants.
    pub default: Option<Node>,
    /// GENERATED ALWAYS AS …; columns refer to [`SourceId::SCHEMA`](crate::ir::SourceId::SCHEMA).
    pub generated: Option<Node>,
    /// Whether a generated column is computed when it is read (VIRTUAL), and not stored.
    pub computed_on_read: bool,
    /// Whether the database numbers the rows: identity, auto-increment, an INTEGER PRIMARY KEY.
    pub auto_increment: bool,
    /// Whether the number of a deleted row is never given again, where the database would otherwise do that.
    pub never_reused: bool,
    /// Whether `SELECT *` leaves it out.
    pub invisible: bool,
    /// A collation.
    pub collation: Option<String>,
    /// What the library does with the column by itself.
    pub role: Option<Role>,
    /// The labels, if the type is an enum.
    pub labels: Vec<String>,
    /// A comment kept with the column.
    pub comment: Option<String>,
}

impl ColumnDef {
    /// A column with nothing but a name and a type.
    pub fn new(name: &str, ty: Type, nullable: bool) -> ColumnDef {
        ColumnDef {
            name: name.to_owned(),
            ty,
            nullable,
            length: None,
            precision: None,
            default: None,
            generated: None,
            computed_on_read: false,
            auto_increment: false,
            never_reused: false,
            invisible: false,
            collation: None,
            role: None,
            labels: Vec::new(),
            comment: None,
        }
    }
}

/// Columns that the library fills in by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Role {
    /// The time of the insert.
    CreatedAt,
    /// The time of the last insert or update.
    UpdatedAt,
    /// A number that every update raises.
    Version,
}

/// UNIQUE
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UniqueDef {
    /// The constraint's name.
    pub name: String,
    /// The names of its columns.
    pub columns: Vec<String>,
}

/// FOREIGN KEY
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKeyDef {
    /// The constraint's name.
    pub name: String,
    /// The names of the referring columns.
    pub columns: Vec<String>,
    /// The schema of the table referred to.
    pub to_schema: Option<String>,
    /// The table referred to.
    pub to_table: String,
    /// The names of the columns referred to.
    pub to_columns: Vec<String>,
    /// ON DELETE
    pub on_delete: Option<ReferentialAction>,
    /// ON UPDATE
    pub on_update: Option<ReferentialAction>,
}

/// What happens to rows that refer to one that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReferentialAction {
    /// CASCADE
    Cascade,
    /// RESTRICT
    Restrict,
    /// SET NULL
    SetNull,
    /// SET DEFAULT
    SetDefault,
    /// NO ACTION
    NoAction,
}

/// CHECK
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckDef {
    /// The constraint's name.
    pub name: String,
    /// What must hold; columns refer to [`SourceId::SCHEMA`](crate::ir::SourceId::SCHEMA).
    pub condition: Node,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexDef {
    /// The index's name.
    pub name: String,
    /// UNIQUE
    pub unique: bool,
    /// What kind of index.
    pub method: IndexMethod,
    /// The key, in order.
    pub parts: Vec<IndexPart>,
    /// The names of columns that are carried along (INCLUDE).
    pub include: Vec<String>,
    /// WHERE of a partial index; columns refer to [`SourceId::SCHEMA`](crate::ir::SourceId::SCHEMA).
    pub filter: Option<Node>,
    /// What splits text into words, for FULLTEXT.
    pub parser: Option<String>,
    /// Whether plans pass it over.
    pub invisible: bool,
}

impl IndexDef {
    /// A B-tree of these parts.
    pub fn new(name: &str, parts: Vec<IndexPart>) -> IndexDef {
        IndexDef {
            name: name.to_owned(),
            unique: false,
            method: IndexMethod::BTree,
            parts,
            include: Vec::new(),
            filter: None,
            parser: None,
            invisible: false,
        }
    }
}

/// A part of an index key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexPart {
    /// A column or an expression; columns refer to [`SourceId::SCHEMA`](crate::ir::SourceId::SCHEMA).
    pub expr: Node,
    /// How much of the column is in the index: the first characters, or bytes; nothing for all of it.
    pub prefix: Option<u32>,
    /// DESC, and nothing for ASC.
    pub direction: Option<Direction>,
    /// NULLS FIRST or LAST.
    pub nulls: Option<Nulls>,
    /// The operator class.
    pub ops: Option<String>,
}

impl IndexPart {
    /// A column or an expression, and nothing else.
    pub fn new(expr: Node) -> IndexPart {
        IndexPart { expr, prefix: None, direction: None, nulls: None, ops: None }
    }
}

/// Kinds of index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
#[cfg_attr(not(doc), doc(hidden))]
pub enum IndexMethod {
    /// A B-tree.
    BTree,
    /// GIN: documents, arrays, full text.
    Gin,
    /// GiST: ranges, geometry, full text.
    Gist,
    /// BRIN: very large tables in natural order.
    Brin,
    /// Hash: equality only.
    Hash,
    /// FULLTEXT: words.
    FullText,
}
