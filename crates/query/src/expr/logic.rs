//! Logic: AND, OR, NOT and lists of conditions.

use std::ops;

use super::{Boolean, Column, Condition, DialectOf, Expr, Expression, Operand, Origin, TypeOf};
use crate::dialect::{Dialect, Meet, Met};
use crate::ir::{self, Test, UnaryOp};
use crate::types::SqlType;

fn and(left: ir::Node, right: ir::Node) -> ir::Node {
    match left {
        ir::Node::All(mut conditions) => {
            conditions.push(right);
            ir::Node::All(conditions)
        }
        left => ir::Node::All(vec![left, right]),
    }
}

fn or(left: ir::Node, right: ir::Node) -> ir::Node {
    match left {
        ir::Node::Any(mut conditions) => {
            conditions.push(right);
            ir::Node::Any(conditions)
        }
        left => ir::Node::Any(vec![left, right]),
    }
}

/// Logic on conditions and boolean columns.
pub trait Logic: Expression {
    /// `self AND other`
    fn and<R: Operand<bool>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: Boolean,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        Expr::from_ir(and(self.into_ir(), other.operand(bool::SQL_TYPE)))
    }

    /// `self OR other`
    fn or<R: Operand<bool>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: Boolean,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        Expr::from_ir(or(self.into_ir(), other.operand(bool::SQL_TYPE)))
    }

    /// `self IS TRUE`: what a filter makes of it, as a `bool` for a select list.
    fn is_true(self) -> Expr<bool, DialectOf<Self>>
    where
        TypeOf<Self>: Boolean,
    {
        Expr::from_ir(ir::Node::Test(Test::True, Box::new(self.into_ir())))
    }

    /// `self IS NOT TRUE`: the rows that a filter would leave out, those where it is NULL among them.
    fn is_not_true(self) -> Expr<bool, DialectOf<Self>>
    where
        TypeOf<Self>: Boolean,
    {
        Expr::from_ir(ir::Node::Test(Test::NotTrue, Box::new(self.into_ir())))
    }
}

impl<E: Expression> Logic for E {}

/// Conditions joined by AND; none at all is TRUE.
///
/// An update or delete does not take an empty list for a filter: see
/// [`BuildError::EveryRow`](crate::error::BuildError::EveryRow).
pub fn all<D: Dialect>(conditions: impl IntoIterator<Item = Condition<D>>) -> Condition<D> {
    Expr::from_ir(ir::Node::All(conditions.into_iter().map(Expression::into_ir).collect()))
}

/// Conditions joined by OR; none at all is FALSE.
pub fn any<D: Dialect>(conditions: impl IntoIterator<Item = Condition<D>>) -> Condition<D> {
    Expr::from_ir(ir::Node::Any(conditions.into_iter().map(Expression::into_ir).collect()))
}

macro_rules! operators {
    ($($trait:ident $method:ident $combine:ident;)*) => { $(
        impl<T: Boolean, D: Dialect + Meet<R::Dialect>, R: Operand<bool>> ops::$trait<R> for Expr<T, D> {
            type Output = Condition<Met<D, R::Dialect>>;

            fn $method(self, other: R) -> Self::Output {
                Expr::from_ir($combine(self.into_ir(), other.operand(bool::SQL_TYPE)))
            }
        }
        impl<O: Origin<Dialect: Meet<R::Dialect>>, T: Boolean, R: Operand<bool>> ops::$trait<R> for Column<O, T> {
            type Output = Condition<Met<O::Dialect, R::Dialect>>;

            fn $method(self, other: R) -> Self::Output {
                Expr::from_ir($combine(self.into_ir(), other.operand(bool::SQL_TYPE)))
            }
        }
    )* };
}
operators! {
    BitAnd bitand and;
    BitOr bitor or;
}

fn not(operand: ir::Node) -> ir::Node {
    ir::Node::Unary(UnaryOp::Not, Box::new(operand))
}

impl<T: Boolean, D: Dialect> ops::Not for Expr<T, D> {
    type Output = Condition<D>;

    fn not(self) -> Self::Output {
        Expr::from_ir(not(self.into_ir()))
    }
}

impl<O: Origin, T: Boolean> ops::Not for Column<O, T> {
    type Output = Condition<O::Dialect>;

    fn not(self) -> Self::Output {
        Expr::from_ir(not(self.into_ir()))
    }
}
