//! What the code that derives generate refers to: the only module it names.

pub use std::borrow::Cow;
pub use std::marker::PhantomData;
pub use std::option::Option;
pub use std::result::Result;
pub use std::string::String;
pub use std::vec::Vec;

pub use crate::dialect::{Covers, Dialect, MariaDb, MySql, OneDialect, Portable, Postgres, Sqlite};
pub use crate::expr::{Column, Derived, Expr, Expression, Fits, Newtype, Ordered, Origin};
pub use crate::ir;
pub use crate::ir::{Item, Names, SourceId, TableRef};
pub use crate::schema::{self, CheckDef, ColumnDef, IndexDef, IndexMethod, ReferentialAction, Role, TableDef};
pub use crate::source::{
    Assignment, Entity, Fill, IndexHandle, Insertable, Nullify, PartialKey, Patch, Projection, RowSource, Scope, Set,
    Single, Stamp, Table, TableColumns, UniqueKey,
};
pub use crate::types::{Cell, DecodeError, In, Joined, Kind, NotNull, Nullable, Nullness, RowReader, SqlType, Type};
pub use crate::value::Value;
