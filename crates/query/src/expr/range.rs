//! Ranges: what lies in them, how they lie to each other, their bounds.

use super::{Base, Condition, DialectOf, Expr, Expression, Operand, TypeOf};
use crate::dialect::{HasRanges, Meet, Met};
use crate::ir::{self, BinaryOp, Function};
use crate::types::{NullOf, Range, RangeElement, SqlType, Wrap};

/// A range, nullable or not.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a range", label = "needs a `Range<..>` column or expression")]
pub trait IsRange: SqlType {
    /// What it is a range of.
    type Bound: RangeElement;
}
#[diagnostic::do_not_recommend]
impl<T: RangeElement> IsRange for Range<T> {
    type Bound = T;
}
#[diagnostic::do_not_recommend]
impl<T: RangeElement> IsRange for Option<Range<T>> {
    type Bound = T;
}

/// The type of a range's bounds.
pub type BoundOf<E> = <TypeOf<E> as IsRange>::Bound;

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident $op:ident;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
        where
            TypeOf<Self>: IsRange,
            DialectOf<Self>: HasRanges + Meet<R::Dialect>,
        {
            let ty = self.sql_type();
            Expr::from_ir(ir::Node::binary(BinaryOp::$op, self.into_ir(), other.operand(ty)))
        }
    )* };
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident $function:ident -> $out:ty;)*) => { $(
        $(#[$doc])*
        fn $name(self) -> Expr<$out, DialectOf<Self>>
        where
            TypeOf<Self>: IsRange,
            DialectOf<Self>: HasRanges,
        {
            Expr::from_ir(ir::Node::Call(Function::$function, vec![self.into_ir()]))
        }
    )* };
}

/// The range that a function makes of two.
macro_rules! combinations {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<Base<Self>>>(
            self,
            other: R,
        ) -> Expr<crate::types::In<R::Null, TypeOf<Self>>, Met<DialectOf<Self>, R::Dialect>>
        where
            TypeOf<Self>: IsRange,
            DialectOf<Self>: HasRanges + Meet<R::Dialect>,
        {
            let ty = self.sql_type();
            Expr::from_ir(ir::Node::Call(Function::$function, vec![self.into_ir(), other.operand(ty)]))
        }
    )* };
}

/// Operations on ranges. A GiST index on the range serves the conditions.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use relvar_query::{dialect::Postgres, expr::{Condition, Expr, RangeOps, now}, types::Range};
/// # fn of(during: Expr<Range<DateTime<Utc>>, Postgres>, other: Range<DateTime<Utc>>) {
/// let open: Condition<Postgres> = during.clone().includes(now());
/// let taken: Condition<Postgres> = during.clone().overlaps_range(other);
/// let end: Expr<Option<DateTime<Utc>>, Postgres> = during.upper_bound();
/// # }
/// ```
pub trait RangeOps: Expression {
    /// `self @> value`: whether a value lies in it.
    fn includes<R: Operand<BoundOf<Self>>>(self, value: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: IsRange,
        DialectOf<Self>: HasRanges + Meet<R::Dialect>,
    {
        let value = value.operand(BoundOf::<Self>::SQL_TYPE);
        Expr::from_ir(ir::Node::binary(BinaryOp::Contains, self.into_ir(), value))
    }

    operators! {
        /// `self @> other`: whether all of `other` lies in it.
        includes_range Contains;
        /// `self <@ other`: whether all of it lies in `other`.
        lies_within ContainedBy;
        /// `self && other`: whether they have something in common.
        overlaps_range Overlaps;
        /// `self -|- other`: whether they touch, without a gap and without anything in common.
        adjacent_to Adjacent;
        /// `self << other`: whether all of it lies before all of `other`.
        lies_before LeftOf;
        /// `self >> other`: whether all of it lies behind all of `other`.
        lies_after RightOf;
    }

    combinations! {
        /// `self * other`: what they have in common.
        intersection RangeIntersection;
        /// `range_merge(self, other)`: the least range that has all of both, and what lies between them.
        merged_with RangeMerge;
    }

    parts! {
        /// The lower bound; NULL if there is none, or if it is empty.
        lower_bound RangeLower -> Option<BoundOf<Self>>;
        /// The upper bound; NULL if there is none, or if it is empty.
        upper_bound RangeUpper -> Option<BoundOf<Self>>;
        /// Whether it has no lower bound.
        has_no_lower RangeLowerUnbounded -> Wrap<NullOf<TypeOf<Self>>, bool>;
        /// Whether it has no upper bound.
        has_no_upper RangeUpperUnbounded -> Wrap<NullOf<TypeOf<Self>>, bool>;
        /// Whether nothing lies in it.
        is_empty_range RangeIsEmpty -> Wrap<NullOf<TypeOf<Self>>, bool>;
        /// Whether the lower bound lies in it.
        lower_included RangeLowerIncluded -> Wrap<NullOf<TypeOf<Self>>, bool>;
        /// Whether the upper bound lies in it.
        upper_included RangeUpperIncluded -> Wrap<NullOf<TypeOf<Self>>, bool>;
    }
}

impl<E: Expression> RangeOps for E {}

/// `tstzrange(lower, upper)` and its kin: the range from one value to another, the lower one in it and the upper one
/// not. It has no bound where a value is NULL. A lower value that is greater than the upper one is an error of the
/// database.
///
/// ```
/// # use chrono::{DateTime, Utc};
/// # use relvar_query::{dialect::Postgres, expr::{Condition, Expr, RangeOps, range_of}, types::Range};
/// # fn of(starts: Expr<DateTime<Utc>, Postgres>, ends: Expr<Option<DateTime<Utc>>, Postgres>, wanted: Range<DateTime<Utc>>) {
/// let taken: Condition<Postgres> = range_of(starts, ends).overlaps_range(wanted);
/// # }
/// ```
pub fn range_of<L, U>(lower: L, upper: U) -> Expr<Range<Base<L>>, Met<DialectOf<L>, U::Dialect>>
where
    L: Expression,
    U: Operand<Base<L>>,
    Base<L>: RangeElement,
    DialectOf<L>: Meet<U::Dialect>,
    Met<DialectOf<L>, U::Dialect>: HasRanges,
{
    let ty = lower.sql_type();
    Expr::from_ir(ir::Node::Call(<Base<L> as RangeElement>::MAKE, vec![lower.into_ir(), upper.operand(ty)]))
}
