//! Typed expressions: what they are, what may stand beside what, and the operators by what they work on.

mod aggregate;
mod arithmetic;
mod array;
mod bits;
mod case;
mod cast;
mod column;
mod compare;
mod fts5;
mod function;
mod inet;
mod json;
mod logic;
mod operand;
mod order;
mod param;
mod parts;
mod pattern;
mod quantified;
mod range;
mod raw;
mod regex;
mod row;
mod search;
mod temporal;
mod text;
mod user;
mod vector;
pub mod window;

pub use aggregate::{DistinctGroup, Group, SortedGroup};
pub use arithmetic::{Arithmetic, Rounding, Term};
pub use array::{ArrayOps, ElementOf, IsArray, array};
pub use bits::Bits;
pub use case::{Branch, Branches, Case, CaseOf, CaseOfBranches, CaseStart, case, case_of};
pub use cast::{Cast, CastTo, Newtype};
pub use column::{Column, Derived, Generated, Origin};
pub use compare::{Compare, Ordered};
pub use fts5::{fts5_highlight, fts5_rank, fts5_rank_by, fts5_snippet, match_fts5, match_fts5_prefix};
pub use function::{Value, constant, current_date, gen_random_uuid, greatest, least, now, random, value};
pub use inet::InetOps;
pub use json::{
    IsJson, JsonArray, JsonDocument, JsonElement, JsonFill, JsonInput, JsonObject, JsonOps, JsonPath, JsonShape,
    JsonValue, json_array, json_key, json_object, json_object_of,
};
pub use logic::{Logic, all, any};
pub(crate) use operand::bind;
pub use operand::{Boolean, Fills, Fits, Given, Is, Operand};
pub use order::{Order, OrderBy, Orders};
pub use param::{BindTo, Param, ParamValue, Params};
pub use parts::{ArrayParts, TextParts};
pub use pattern::{LikePattern, Pattern, contains, ends_with, starts_with};
pub use quantified::{Quantify, Several};
pub use range::{BoundOf, IsRange, RangeOps, range_of};
pub use raw::{Fragment, Identifier, Part, identifier, sql_unchecked};
pub use regex::{RegexGroup, Replacement, regex_group};
pub use row::{RowAmong, RowCompare};
pub use search::{
    AnyRank, BooleanSearch, CoverDensity, Document, English, Headline, Normalization, Normalizes, Search, Simple,
    TextQuery, TextQueryOps, TextSearchConfig, Weight, match_boolean, match_natural, phrase_query, plain_query,
    prefix_query, to_tsvector, web_query,
};
pub use temporal::{
    HasClock, HasDate, HasIso, HasTime, Interval, IsDate, IsNaive, IsPointInTime, Temporal, from_epoch_micros,
    make_date,
};
pub use text::{Text, concat_ws};
pub use user::{FunctionArgument, UserAggregate, call};
pub use vector::Vectors;

use std::fmt;
use std::marker::PhantomData;

use crate::dialect::Dialect;
use crate::ir;
pub use crate::ir::Collation;
use crate::types::{SqlType, Type};

/// An SQL expression of type `T`, for the databases in `D`.
pub struct Expr<T, D> {
    ir: ir::Node,
    types: PhantomData<fn() -> (T, D)>,
}

/// A condition: SQL's three-valued truth. Comparisons and logical operators all give one, so conditions can
/// be returned, kept in a `Vec` and chosen by `if`.
pub type Condition<D> = Expr<Option<bool>, D>;

impl<T, D> Expr<T, D> {
    /// Puts a type on an expression. The types are the caller's word: this is for code that makes expressions.
    pub fn from_ir(ir: ir::Node) -> Self {
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
    fn into_ir(self) -> ir::Node;

    /// The SQL type, which a value beside it is bound as.
    fn sql_type(&self) -> &'static Type {
        <Self::Type as SqlType>::SQL_TYPE
    }
}

impl<T: SqlType, D: Dialect> Expression for Expr<T, D> {
    type Type = T;
    type Dialect = D;

    fn into_ir(self) -> ir::Node {
        self.ir
    }
}

/// The type of an expression.
pub type TypeOf<E> = <E as Expression>::Type;
/// The databases of an expression.
pub type DialectOf<E> = <E as Expression>::Dialect;
/// The type of an expression without its nullness.
pub type Base<E> = <TypeOf<E> as SqlType>::Base;
