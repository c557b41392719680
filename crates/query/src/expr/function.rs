//! Functions without an operand of their own, values and constants.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::operand::bind;
use super::{Base, DialectOf, Expr, Expression, Operand, Ordered};
use crate::dialect::{MakesUuids, Meet, Met, Portable};
use crate::ir::{self, Function};
use crate::types::{NullOf, Nullness, OrNull, SqlType, Wrap};

/// A bound value as an expression of its own: `value(3i64)`.
pub fn value<V: SqlType>(value: V) -> Value<V> {
    Expr::from_ir(bind(value, V::SQL_TYPE))
}

/// A bound value.
pub type Value<V> = Expr<V, Portable>;

/// A value written into the SQL text: for values of the program, which a plan should see, never for data of users.
///
/// A value that has no literal (bytes, NaN) stays bound, and is refused where the schema needs a constant.
pub fn constant<V: SqlType>(value: V) -> Expr<V, Portable> {
    let bound = bind(value, V::SQL_TYPE);
    Expr::from_ir(bound.clone().inlined().unwrap_or(bound))
}

/// The time at which the transaction (on SQLite: the statement) started.
pub fn now() -> Expr<DateTime<Utc>, Portable> {
    Expr::from_ir(ir::Node::Call(Function::Now, Vec::new()))
}

/// Today's date in UTC.
pub fn current_date() -> Expr<NaiveDate, Portable> {
    Expr::from_ir(ir::Node::Call(Function::CurrentDate, Vec::new()))
}

/// A random number from 0 up to, but not, 1.
pub fn random() -> Expr<f64, Portable> {
    Expr::from_ir(ir::Node::Call(Function::Random, Vec::new()))
}

/// A random UUID made by the database. Elsewhere, make it in Rust: `Uuid::new_v4()`.
pub fn gen_random_uuid() -> Expr<Uuid, MakesUuids> {
    Expr::from_ir(ir::Node::Call(Function::RandomUuid, Vec::new()))
}

/// The greater of two; NULL if either is.
pub fn greatest<A: Expression, B: Operand<Base<A>>>(
    a: A,
    b: B,
) -> Expr<Wrap<OrNull<NullOf<A::Type>, B::Null>, Base<A>>, Met<DialectOf<A>, B::Dialect>>
where
    Base<A>: Ordered<DialectOf<A>>,
    DialectOf<A>: Meet<B::Dialect>,
{
    let ty = a.sql_type();
    let nullable = <NullOf<A::Type> as Nullness>::NULLABLE || B::Null::NULLABLE;
    let function = if nullable { Function::GreatestOrNull } else { Function::Greatest };
    Expr::from_ir(ir::Node::Call(function, vec![a.into_ir(), b.operand(ty)]))
}

/// The smaller of two; NULL if either is.
pub fn least<A: Expression, B: Operand<Base<A>>>(
    a: A,
    b: B,
) -> Expr<Wrap<OrNull<NullOf<A::Type>, B::Null>, Base<A>>, Met<DialectOf<A>, B::Dialect>>
where
    Base<A>: Ordered<DialectOf<A>>,
    DialectOf<A>: Meet<B::Dialect>,
{
    let ty = a.sql_type();
    let nullable = <NullOf<A::Type> as Nullness>::NULLABLE || B::Null::NULLABLE;
    let function = if nullable { Function::LeastOrNull } else { Function::Least };
    Expr::from_ir(ir::Node::Call(function, vec![a.into_ir(), b.operand(ty)]))
}
