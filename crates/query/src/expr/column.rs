//! Columns: eight bytes that say which column of which source, and in their type what it holds.

use std::fmt;
use std::marker::PhantomData;

use super::Expression;
use crate::dialect::Dialect;
use crate::ir::{self, ColumnRef, SourceId};
use crate::types::{SqlType, Type};

/// Where a column comes from: a table, or a derived row.
pub trait Origin: Sized + 'static {
    /// The databases it exists on.
    type Dialect: Dialect;

    /// The type that the column at `index` was declared with, where it is not what the Rust type has by itself.
    fn column_type(index: u32) -> Option<&'static Type> {
        let _ = index;
        None
    }
}

/// The origin of the columns of a subquery or common table expression with rows `R`.
pub struct Derived<R, D>(PhantomData<fn() -> (R, D)>);

impl<R: 'static, D: Dialect> Origin for Derived<R, D> {
    type Dialect = D;
}

/// The origin of the columns of `T` that the database itself computes: they are read as all others are, and not set.
pub struct Generated<T>(PhantomData<fn() -> T>);

impl<T: Origin> Origin for Generated<T> {
    type Dialect = T::Dialect;

    fn column_type(index: u32) -> Option<&'static Type> {
        T::column_type(index)
    }
}

/// A column of type `T` that comes from `O`.
pub struct Column<O, T> {
    at: ColumnRef,
    types: PhantomData<fn() -> (O, T)>,
}

impl<O, T> Column<O, T> {
    /// The column at `index` of `source`. The types are the caller's word: this is for derives.
    pub const fn new(source: SourceId, index: u32) -> Self {
        Column { at: ColumnRef { source, index }, types: PhantomData }
    }

    /// Which column of which source.
    pub fn at(self) -> ColumnRef {
        self.at
    }
}

impl<O, T> Clone for Column<O, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O, T> Copy for Column<O, T> {}

impl<O, T> fmt::Debug for Column<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.at.fmt(f)
    }
}

impl<O: Origin, T: SqlType> Expression for Column<O, T> {
    type Type = T;
    type Dialect = O::Dialect;

    fn into_ir(self) -> ir::Node {
        ir::Node::Column(self.at)
    }

    fn sql_type(&self) -> &'static Type {
        O::column_type(self.at.index).unwrap_or(T::SQL_TYPE)
    }
}
