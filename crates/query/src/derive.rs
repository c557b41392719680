//! What the code that derives generate refers to: the only module it names.

pub mod check;
mod direct;
mod embed;
mod label;
mod names;

pub use std::borrow::Cow;
pub use std::clone::Clone;
pub use std::convert::From;
pub use std::default::Default;
pub use std::marker::{Copy, PhantomData};
pub use std::option::Option::{self, Some};
pub use std::result::Result::{self, Ok};
pub use std::string::String;
pub use std::vec::Vec;

pub use crate::dialect::{
    Covers, Dialect, HasEnumOrder, MariaDb, MySql, OneDialect, Portable, Postgres, SoleKey, Sqlite, Unite,
};
pub use crate::expr::{
    Arithmetic, Column, Derived, Expr, Expression, Fits, Fragment, FunctionArgument, Generated, JsonFill, JsonObject,
    Newtype, Ordered, Origin, UserAggregate, call, json_key, json_object_of,
};
pub use crate::ir;
pub use crate::ir::{Item, Names, SourceId, TableRef};
pub use crate::schema::{
    self, BTree, Brin, CheckDef, ColumnDef, DefaultOps, FullText, Gin, GinTrgmOps, Gist, GistTrgmOps, Hash, InBTree,
    InHash, IndexDef, IndexMethod, JsonbOps, JsonbPathOps, NamedOps, ReferentialAction, Role, TableDef, TextPatternOps,
    VarcharPatternOps, ViewDef, define,
};
pub use crate::source::{
    Assignment, ColumnPart, CommonDialects, Declared, Embedded, Entity, FieldPart, Fill, IndexHandle, Indexed,
    Insertable, Materialized, Nullify, PartialKey, Patch, PatchField, Placed, Projection, RowSource, Scope, Set,
    Settable, Single, Stamp, Table, TableColumns, UniqueIndex, UniqueKey, UniquelyIndexed, View, changes, column_types,
    declared_type, declared_value, part_types, push_own, read_row, read_view_row, row_item,
};
pub use crate::types::{
    ArrayElement, BaseOf, Cell, CellTypes, DecodeError, In, Kind, NotNull, NullOf, Nullable, Nullness, Numeric, OrNull,
    RowReader, SqlType, Summable, Type, Wrap,
};
pub use crate::value::Value;
pub use direct::{cell, column, embedded, failure};
pub use embed::Anywhere;
pub use label::label;
pub use names::{Part, columns, names, text, text_length, width};
