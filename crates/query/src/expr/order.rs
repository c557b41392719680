//! Sort keys.

use std::marker::PhantomData;

use super::{Base, DialectOf, Expression, Ordered};
use crate::dialect::{Covers, Dialect};
use crate::ir::{self, Direction, Nulls};

/// A sort key: an expression and a direction.
pub struct Order<D> {
    ir: ir::Order,
    dialect: PhantomData<fn() -> D>,
}

impl<D> Clone for Order<D> {
    fn clone(&self) -> Self {
        Order { ir: self.ir.clone(), dialect: PhantomData }
    }
}

impl<D> Order<D> {
    /// By `expr`, which the caller knows to have an order.
    pub(crate) fn new(expr: ir::Node, direction: Direction) -> Self {
        Order { ir: ir::Order { expr, direction, nulls: None }, dialect: PhantomData }
    }

    /// Puts a type on a sort key. The type is the caller's word.
    pub(crate) fn from_ir(ir: ir::Order) -> Self {
        Order { ir, dialect: PhantomData }
    }

    /// Gives up the types.
    pub fn into_ir(self) -> ir::Order {
        self.ir
    }

    /// NULLs before everything else: NULLS FIRST, or a key `IS NULL` before this one where there is no such clause.
    #[must_use]
    pub fn nulls_first(mut self) -> Self {
        self.ir.nulls = Some(Nulls::First);
        self
    }

    /// NULLs after everything else: NULLS LAST, or a key `IS NULL` before this one where there is no such clause.
    #[must_use]
    pub fn nulls_last(mut self) -> Self {
        self.ir.nulls = Some(Nulls::Last);
        self
    }
}

/// Makes sort keys.
pub trait OrderBy: Expression {
    /// Ascending. NULLs are last on PostgreSQL and first elsewhere: see [`Order::nulls_last`].
    fn asc(self) -> Order<DialectOf<Self>>
    where
        Base<Self>: Ordered<DialectOf<Self>>,
    {
        let ir = ir::Order { expr: self.into_ir(), direction: Direction::Ascending, nulls: None };
        Order { ir, dialect: PhantomData }
    }

    /// Descending. NULLs are first on PostgreSQL and last elsewhere: see [`Order::nulls_first`].
    fn desc(self) -> Order<DialectOf<Self>>
    where
        Base<Self>: Ordered<DialectOf<Self>>,
    {
        let ir = ir::Order { expr: self.into_ir(), direction: Direction::Descending, nulls: None };
        Order { ir, dialect: PhantomData }
    }
}

impl<E: Expression> OrderBy for E {}

/// One sort key or several, for a query on `D`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an ordering",
    label = "no direction",
    note = "write `column.asc()` or `column.desc()`; several go in a tuple or a Vec"
)]
pub trait Orders<D> {
    /// Appends the keys.
    fn orders(self, keys: &mut Vec<ir::Order>);
}

impl<X: Covers<D>, D: Dialect> Orders<D> for Order<X> {
    fn orders(self, keys: &mut Vec<ir::Order>) {
        keys.push(self.ir);
    }
}

impl<D, O: Orders<D>> Orders<D> for Vec<O> {
    fn orders(self, keys: &mut Vec<ir::Order>) {
        self.into_iter().for_each(|order| order.orders(keys));
    }
}

impl<D, O: Orders<D>> Orders<D> for Option<O> {
    fn orders(self, keys: &mut Vec<ir::Order>) {
        self.into_iter().for_each(|order| order.orders(keys));
    }
}
