//! Comparison of rows: `(a, b) < (x, y)`.

use super::{Base, Condition, DialectOf, Expr, Expression, Is, Operand};
use crate::dialect::{Dialect, Meet, Met};
use crate::ir::{self, BinaryOp, Membership, Source};
use crate::statement::Select;

/// A tuple of expressions that is compared with one of operands, part by part: what decides is the first part in
/// which they differ. This is how a page after a key of several columns is read.
///
/// ```
/// # use relvar_query::{dialect::Postgres, expr::{Condition, Expr, RowCompare}};
/// fn after(at: Expr<i64, Postgres>, id: Expr<i64, Postgres>) -> Condition<Postgres> {
///     (at, id).gt((1_700_000_000, 42))
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the rows `{Self}` and `{R}` cannot be compared",
    label = "another number of parts, or parts of other types",
    note = "both are tuples of two to six; the left one has columns or expressions"
)]
pub trait RowCompare<R>: Sized {
    /// The databases it exists on.
    type Dialect;

    /// Both as rows.
    #[doc(hidden)]
    fn rows(self, other: R) -> (ir::Node, ir::Node);

    /// `(a, b) = (x, y)`
    fn eq(self, other: R) -> Condition<Self::Dialect> {
        compared(BinaryOp::Equal, self.rows(other))
    }

    /// `(a, b) <> (x, y)`
    fn ne(self, other: R) -> Condition<Self::Dialect> {
        compared(BinaryOp::NotEqual, self.rows(other))
    }

    /// `(a, b) < (x, y)`
    fn lt(self, other: R) -> Condition<Self::Dialect> {
        compared(BinaryOp::Less, self.rows(other))
    }

    /// `(a, b) <= (x, y)`
    fn lte(self, other: R) -> Condition<Self::Dialect> {
        compared(BinaryOp::LessOrEqual, self.rows(other))
    }

    /// `(a, b) > (x, y)`
    fn gt(self, other: R) -> Condition<Self::Dialect> {
        compared(BinaryOp::Greater, self.rows(other))
    }

    /// `(a, b) >= (x, y)`
    fn gte(self, other: R) -> Condition<Self::Dialect> {
        compared(BinaryOp::GreaterOrEqual, self.rows(other))
    }

    /// `(a, b) IN ((x, y), …)`; an empty list holds nothing.
    fn in_list(self, list: impl IntoIterator<Item = R>) -> Condition<Self::Dialect>
    where
        Self: Clone,
    {
        listed(self, list, false)
    }

    /// `(a, b) NOT IN ((x, y), …)`; true of everything if the list is empty.
    fn not_in_list(self, list: impl IntoIterator<Item = R>) -> Condition<Self::Dialect>
    where
        Self: Clone,
    {
        listed(self, list, true)
    }
}

fn listed<L: RowCompare<R> + Clone, R>(
    row: L,
    list: impl IntoIterator<Item = R>,
    negated: bool,
) -> Condition<L::Dialect> {
    let (mut operand, mut right) = (None, Vec::new());
    for other in list {
        let (left, other) = row.clone().rows(other);
        operand.get_or_insert(left);
        right.push(other);
    }
    let Some(operand) = operand else {
        return Expr::from_ir(if negated { ir::Node::All(Vec::new()) } else { ir::Node::Any(Vec::new()) });
    };
    Expr::from_ir(ir::Node::In(Box::new(Membership { operand, source: Source::Exprs(right), negated })))
}

/// A tuple of expressions that is looked for among the rows of a query, which are tuples of as many values.
///
/// ```
/// # use relvar_query::{dialect::Postgres, expr::{Condition, Expr, RowAmong}, statement::Rows};
/// fn ordered(order: Expr<i64, Postgres>, book: Expr<i64, Postgres>, items: Rows<(i64, i64), Postgres>) -> Condition<Postgres> {
///     (order, book).in_query(items)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the row `{Self}` cannot be looked for in the query `{Q}`",
    label = "another number of parts, or parts of other types",
    note = "the query selects a tuple of as many columns, of the same types"
)]
pub trait RowAmong<Q>: Sized {
    /// The databases it exists on.
    type Dialect;

    /// The row, and the query.
    #[doc(hidden)]
    fn among(self, query: Q) -> (ir::Node, Box<ir::Select>);

    /// `(a, b) IN (query)`
    fn in_query(self, query: Q) -> Condition<Self::Dialect> {
        sought(self.among(query), false)
    }

    /// `(a, b) NOT IN (query)`: never true if what decides is NULL.
    fn not_in_query(self, query: Q) -> Condition<Self::Dialect> {
        sought(self.among(query), true)
    }
}

fn sought<D>((operand, query): (ir::Node, Box<ir::Select>), negated: bool) -> Condition<D> {
    Expr::from_ir(ir::Node::In(Box::new(Membership { operand, source: Source::Query(query), negated })))
}

fn compared<D>(op: BinaryOp, (left, right): (ir::Node, ir::Node)) -> Condition<D> {
    Expr::from_ir(ir::Node::binary(op, left, right))
}

macro_rules! rows {
    ($(($($part:ident $other:ident $l:ident $r:ident),*) of $first:ident;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($part: Expression,)* $($other: Operand<Base<$part>>,)*> RowCompare<($($other,)*)> for ($($part,)*)
        where
            $(
                DialectOf<$first>: Meet<DialectOf<$part>, Out = DialectOf<$first>>,
                DialectOf<$first>: Meet<<$other as Operand<Base<$part>>>::Dialect, Out = DialectOf<$first>>,
            )*
        {
            type Dialect = DialectOf<$first>;

            fn rows(self, other: ($($other,)*)) -> (ir::Node, ir::Node) {
                let ($($l,)*) = self;
                let ($($r,)*) = other;
                let right = vec![$($r.operand($l.sql_type()),)*];
                (ir::Node::Row(vec![$($l.into_ir(),)*]), ir::Node::Row(right))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<H, On: Dialect, $($part: Expression,)* $($other: Is<Base<$part>>,)*> RowAmong<Select<H, ($($other,)*), On>>
            for ($($part,)*)
        where
            $(DialectOf<$first>: Meet<DialectOf<$part>, Out = DialectOf<$first>>,)*
            DialectOf<$first>: Meet<On>,
        {
            type Dialect = Met<DialectOf<$first>, On>;

            fn among(self, query: Select<H, ($($other,)*), On>) -> (ir::Node, Box<ir::Select>) {
                let ($($l,)*) = self;
                (ir::Node::Row(vec![$($l.into_ir(),)*]), query.into_select())
            }
        }
    )* };
}
rows! {
    (A P a p, B Q b q) of A;
    (A P a p, B Q b q, C R c r) of A;
    (A P a p, B Q b q, C R c r, D S d s) of A;
    (A P a p, B Q b q, C R c r, D S d s, E T e t) of A;
    (A P a p, B Q b q, C R c r, D S d s, E T e t, F U f u) of A;
}
