//! Typed expressions: what they are, what may stand beside what, and the operators by what they work on.

mod aggregate;
mod arithmetic;
mod array;
mod case;
mod cast;
mod column;
mod compare;
mod function;
mod json;
mod logic;
mod operand;
mod order;
mod search;
mod temporal;
mod text;
pub mod window;

pub use aggregate::Group;
pub use arithmetic::{Arithmetic, Rounding, Term};
pub use array::{ArrayOps, IsArray};
pub use case::{Branch, Branches, Case, CaseStart, case};
pub use cast::{Cast, CastTo, Newtype};
pub use column::{Column, Derived, Origin};
pub use compare::{Compare, Ordered};
pub use function::{Value, constant, gen_random_uuid, greatest, least, now, value};
pub use json::{IsJson, JsonOps, JsonPath};
pub use logic::{Logic, all, any};
pub(crate) use operand::bind;
pub use operand::{Boolean, Fills, Fits, Is, Operand};
pub use order::{Order, OrderBy, Orders};
pub use search::{Document, English, Search, Simple, TextSearchConfig, to_tsvector};
pub use temporal::{HasDate, HasTime, Interval, Temporal};
pub use text::{LikePattern, Pattern, Text, contains, ends_with, starts_with};

use std::fmt;
use std::marker::PhantomData;

use crate::dialect::Dialect;
use crate::ir;
use crate::types::{SqlType, Type};

/// An SQL expression of type `T`, for the databases in `D`.
pub struct Expr<T, D> {
    ir: ir::Expr,
    types: PhantomData<fn() -> (T, D)>,
}

/// A condition: SQL's three-valued truth. Comparisons and logical operators all give one, so conditions can
/// be returned, kept in a `Vec` and chosen by `if`.
pub type Condition<D> = Expr<Option<bool>, D>;

impl<T, D> Expr<T, D> {
    /// Puts a type on an expression. The types are the caller's word: this is for code that makes expressions.
    pub fn from_ir(ir: ir::Expr) -> Self {
        Expr { ir, types: PhantomData }
    }
}

impl<T, D> Clone for Expr<T, D> {
    fn clone(&self) -> Self {
        Expr::from_ir(self.ir.clone())
    }
}

impl<T, D> fmt::Debug for Expr<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ir.fmt(f)
    }
}

/// Anything that has a value in SQL: a column or an expression.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an SQL expression",
    label = "neither a column nor an expression",
    note = "a bound value is written `value(x)`, a constant `constant(x)`"
)]
pub trait Expression: Sized {
    /// The Rust type of its value.
    type Type: SqlType;
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn into_ir(self) -> ir::Expr;

    /// The SQL type, which a value beside it is bound as.
    fn sql_type(&self) -> &'static Type {
        <Self::Type as SqlType>::SQL_TYPE
    }
}

impl<T: SqlType, D: Dialect> Expression for Expr<T, D> {
    type Type = T;
    type Dialect = D;

    fn into_ir(self) -> ir::Expr {
        self.ir
    }
}

/// The type of an expression.
pub type TypeOf<E> = <E as Expression>::Type;
/// The databases of an expression.
pub type DialectOf<E> = <E as Expression>::Dialect;
/// The type of an expression without its nullness.
pub type Base<E> = <TypeOf<E> as SqlType>::Base;
