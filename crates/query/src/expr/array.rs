//! Arrays: containment, overlap, membership, length.

use super::{Base, Condition, DialectOf, Expr, Expression, Operand, TypeOf};
use crate::dialect::{HasArrays, Meet, Met};
use crate::ir::{self, BinaryOp, Function};
use crate::types::{ArrayElement, NullOf, SqlType, Wrap};

/// An array, nullable or not.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an array", label = "needs a `Vec<..>` column or expression")]
pub trait IsArray: SqlType {
    /// What it is an array of.
    type Element: ArrayElement;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> IsArray for Vec<T> {
    type Element = T;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> IsArray for Option<Vec<T>> {
    type Element = T;
}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident $op:ident;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
        where
            TypeOf<Self>: IsArray,
            DialectOf<Self>: HasArrays + Meet<R::Dialect>,
        {
            let ty = self.sql_type();
            Expr::from_ir(ir::Node::binary(BinaryOp::$op, self.into_ir(), other.operand(ty)))
        }
    )* };
}

/// Operations on arrays.
pub trait ArrayOps: Expression {
    operators! {
        /// `self @> other`: whether every element of `other` is in it.
        contains_all Contains;
        /// `self <@ other`: whether every element of it is in `other`.
        contained_by ContainedBy;
        /// `self && other`: whether they have an element in common.
        overlaps Overlaps;
    }

    /// How many elements it has.
    fn cardinality(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, i32>, DialectOf<Self>>
    where
        TypeOf<Self>: IsArray,
        DialectOf<Self>: HasArrays,
    {
        Expr::from_ir(ir::Node::Call(Function::Cardinality, vec![self.into_ir()]))
    }
}

impl<E: Expression> ArrayOps for E {}
