//! Distances between vectors (PostgreSQL's extension pgvector).

use super::{DialectOf, Expr, Expression, Is, Operand, TypeOf};
use crate::dialect::{HasVectors, Meet, Met};
use crate::ir::{self, BinaryOp};
use crate::types::{NullOf, OrNull, Vector, Wrap};

macro_rules! distances {
    ($($(#[$doc:meta])* $name:ident $op:ident;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<Vector>>(
            self,
            other: R,
        ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, f64>, Met<DialectOf<Self>, R::Dialect>>
        where
            TypeOf<Self>: Is<Vector>,
            DialectOf<Self>: HasVectors + Meet<R::Dialect>,
        {
            let ty = self.sql_type();
            Expr::from_ir(ir::Node::binary(BinaryOp::$op, self.into_ir(), other.operand(ty)))
        }
    )* };
}

/// Operations on vectors. To sort by a distance in ascending order, with a limit, is what an index serves.
///
/// ```
/// # use relvar_query::{dialect::Postgres, expr::{Expr, Vectors}, types::Vector};
/// # fn of(meaning: Expr<Vector, Postgres>, wanted: Vec<f32>) {
/// let distance: Expr<f64, Postgres> = meaning.cosine_distance(Vector(wanted));
/// # }
/// ```
pub trait Vectors: Expression {
    distances! {
        /// `self <-> other`: the length of the way between them.
        euclidean_distance EuclideanDistance;
        /// `self <=> other`: one less the cosine of the angle between them.
        cosine_distance CosineDistance;
        /// `self <#> other`: the inner product with its sign changed, so that the nearest are the least.
        negative_inner_product NegativeInnerProduct;
    }
}

impl<E: Expression> Vectors for E {}
