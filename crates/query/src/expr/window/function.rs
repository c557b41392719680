//! The window functions proper: numbers of rows, and values of other rows.

use super::WindowFunction;
use crate::dialect::{HasLagDefault, Meet, Met, Portable};
use crate::expr::{Base, DialectOf, Expression, Operand};
use crate::ir::{self, AggregateFunction};
use crate::types::{Joined, NullOf, Nullable, OrNull, SqlType, Wrap};

macro_rules! numbering {
    ($($(#[$doc:meta])* $name:ident $function:ident -> $ty:ty;)*) => { $(
        $(#[$doc])*
        pub fn $name() -> WindowFunction<$ty, Portable> {
            WindowFunction::new(AggregateFunction::$function, Vec::new(), <$ty>::SQL_TYPE)
        }
    )* };
}
numbering! {
    /// The number of the row in its partition, from 1.
    row_number RowNumber -> i64;
    /// The rank of the row, with gaps after rows that tie.
    rank Rank -> i64;
    /// The rank of the row, without gaps.
    dense_rank DenseRank -> i64;
    /// The relative rank, 0 to 1.
    percent_rank PercentRank -> f64;
    /// The part of rows up to this one, 0 to 1.
    cume_dist CumeDist -> f64;
}

/// The number of the bucket that the row falls in, of `buckets` of nearly equal size.
pub fn ntile(buckets: u32) -> WindowFunction<i32, Portable> {
    WindowFunction::new(AggregateFunction::Ntile, vec![integer(buckets)], i32::SQL_TYPE)
}

fn integer(n: u32) -> ir::Node {
    ir::Node::Constant(ir::Constant::Integer(n.into()))
}

macro_rules! neighbours {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<E: Expression>(x: E) -> WindowFunction<Joined<E::Type, Nullable>, DialectOf<E>> {
            let ty = x.sql_type();
            WindowFunction::new(AggregateFunction::$function, vec![x.into_ir()], ty)
        }
    )* };
}
neighbours! {
    /// The value in the row before; NULL in the first.
    lag Lag;
    /// The value in the row after; NULL in the last.
    lead Lead;
    /// The value in the first row of the frame.
    first_value FirstValue;
    /// The value in the last row of the frame, which ends with the current row unless it is said otherwise.
    last_value LastValue;
}

/// The value `rows` rows before; NULL where there is none.
pub fn lag_by<E: Expression>(x: E, rows: u32) -> WindowFunction<Joined<E::Type, Nullable>, DialectOf<E>> {
    let ty = x.sql_type();
    WindowFunction::new(AggregateFunction::Lag, vec![x.into_ir(), integer(rows)], ty)
}

/// The value `rows` rows after; NULL where there is none.
pub fn lead_by<E: Expression>(x: E, rows: u32) -> WindowFunction<Joined<E::Type, Nullable>, DialectOf<E>> {
    let ty = x.sql_type();
    WindowFunction::new(AggregateFunction::Lead, vec![x.into_ir(), integer(rows)], ty)
}

/// The value in the n-th row of the frame, from 1; NULL where there is none.
pub fn nth_value<E: Expression>(x: E, n: u32) -> WindowFunction<Joined<E::Type, Nullable>, DialectOf<E>> {
    let ty = x.sql_type();
    WindowFunction::new(AggregateFunction::NthValue, vec![x.into_ir(), integer(n)], ty)
}

macro_rules! neighbours_or {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<E: Expression, V: Operand<Base<E>>>(
            x: E,
            rows: u32,
            default: V,
        ) -> WindowFunction<Wrap<OrNull<NullOf<E::Type>, V::Null>, Base<E>>, Met<DialectOf<E>, V::Dialect>>
        where
            DialectOf<E>: Meet<V::Dialect>,
            Met<DialectOf<E>, V::Dialect>: HasLagDefault,
        {
            let ty = x.sql_type();
            let arguments = vec![x.into_ir(), integer(rows), default.operand(ty)];
            WindowFunction::new(AggregateFunction::$function, arguments, ty)
        }
    )* };
}
neighbours_or! {
    /// The value `rows` rows before; `default` where there is no such row, so that it is NULL only if either may be.
    lag_or Lag;
    /// The value `rows` rows after; `default` where there is no such row, so that it is NULL only if either may be.
    lead_or Lead;
}
