//! Comparison with any or all of several: the elements of an array, the rows of a subquery.

use super::{Base, Column, Condition, DialectOf, Expr, Expression, Is, IsArray, Ordered, Origin};
use crate::dialect::{Dialect, HasArrays, HasQuantified, Meet, Met};
use crate::ir::{self, BinaryOp, Quantified};
use crate::statement::Select;

/// What has several of `B`: a subquery of one column, an array.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not have several of `{B}`",
    label = "neither a subquery of `{B}` nor an array of it",
    note = "a list of values is compared by `in_list(..)`"
)]
pub trait Several<B> {
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn many(self) -> ir::Many;
}

#[diagnostic::do_not_recommend]
impl<H, R: Is<B>, B, D: Dialect> Several<B> for Select<H, R, D> {
    type Dialect = D;

    fn many(self) -> ir::Many {
        ir::Many::Query(self.into_select())
    }
}

#[diagnostic::do_not_recommend]
impl<T: IsArray<Element = B>, B, D: Dialect + HasArrays> Several<B> for Expr<T, D> {
    type Dialect = D;

    fn many(self) -> ir::Many {
        ir::Many::Array(self.into_ir())
    }
}

#[diagnostic::do_not_recommend]
impl<O: Origin<Dialect: HasArrays>, T: IsArray<Element = B>, B> Several<B> for Column<O, T> {
    type Dialect = O::Dialect;

    fn many(self) -> ir::Many {
        ir::Many::Array(self.into_ir())
    }
}

macro_rules! comparisons {
    ($($(#[$doc:meta])* $name:ident $op:ident $all:literal $($ordered:ident)?;)*) => { $(
        $(#[$doc])*
        fn $name<S: Several<Base<Self>>>(self, several: S) -> Condition<Met<DialectOf<Self>, S::Dialect>>
        where
            DialectOf<Self>: Meet<S::Dialect>,
            Met<DialectOf<Self>, S::Dialect>: HasQuantified,
            $(Base<Self>: $ordered<Met<DialectOf<Self>, S::Dialect>>,)?
        {
            let quantified =
                Quantified { operand: self.into_ir(), op: BinaryOp::$op, all: $all, many: several.many() };
            Expr::from_ir(ir::Node::Quantified(Box::new(quantified)))
        }
    )* };
}

/// Comparison with any or all of several.
///
/// Of none, every `.._all` is true and every `.._any` false. NULLs among them make unknown what is not decided by
/// the others.
///
/// ```
/// # use relvar_query::{dialect::Postgres, expr::{Condition, Expr, Quantify}};
/// # fn of(score: Expr<i32, Postgres>, scores: Expr<Vec<i32>, Postgres>) {
/// let best: Condition<Postgres> = score.gte_all(scores);
/// # }
/// ```
pub trait Quantify: Expression {
    comparisons! {
        /// `self = ANY (several)`
        eq_any Equal false;
        /// `self <> ALL (several)`
        ne_all NotEqual true;
        /// `self = ALL (several)`
        eq_all Equal true;
        /// `self < ANY (several)`
        lt_any Less false Ordered;
        /// `self < ALL (several)`
        lt_all Less true Ordered;
        /// `self <= ANY (several)`
        lte_any LessOrEqual false Ordered;
        /// `self <= ALL (several)`
        lte_all LessOrEqual true Ordered;
        /// `self > ANY (several)`
        gt_any Greater false Ordered;
        /// `self > ALL (several)`
        gt_all Greater true Ordered;
        /// `self >= ANY (several)`
        gte_any GreaterOrEqual false Ordered;
        /// `self >= ALL (several)`
        gte_all GreaterOrEqual true Ordered;
    }
}

impl<E: Expression> Quantify for E {}
