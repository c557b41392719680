//! CAST, the value inside a newtype, and the same expression for fewer databases.

use rust_decimal::Decimal;

use super::{Base, DialectOf, Expr, Expression, Is, TypeOf};
use crate::dialect::{Covers, Dialect, HasDecimal};
use crate::ir::{self, Function};
use crate::types::{BaseOf, Exact, Json, Kind, Lossy, NotNull, NullOf, Numeric, SqlType, Wrap};

/// That a type can be cast to `T` with the same meaning everywhere.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` cannot be cast to `{T}`",
    label = "no cast to `{T}`",
    note = "numbers cast to numbers and text, text casts to numbers"
)]
pub trait CastTo<T, D> {}
macro_rules! casts {
    ($($from:ty => $($to:ty),*;)*) => { $($(#[diagnostic::do_not_recommend] impl<D> CastTo<$to, D> for $from {})*)* };
}
casts! {
    i16 => i32, i64, f32, f64, String;
    i32 => i16, i64, f32, f64, String;
    i64 => i16, i32, f32, f64, String;
    f32 => f64, i64, String;
    f64 => f32, i64, String;
    String => i16, i32, i64, f32, f64;
    bool => i32;
    Decimal => f64, String;
    Lossy => f64;
}
macro_rules! exact { ($($from:ty),*) => { $(impl<D: HasDecimal> CastTo<Decimal, D> for $from {})* } }
exact!(i16, i32, i64, f32, f64, String);
impl<T, D> CastTo<String, D> for Json<T> {}

/// A wrapper around another SQL type, made by `#[derive(SqlType)]` on `struct UserId(i64)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a newtype",
    label = "nothing is inside",
    note = "`.raw()` gives the value inside a type with `#[derive(SqlType)]`"
)]
pub trait Newtype: SqlType<Base = Self, Null = NotNull> {
    /// What is inside.
    type Raw: SqlType<Base = Self::Raw, Null = NotNull>;
}

/// CAST, for everything that has a value.
pub trait Cast: Expression {
    /// `CAST(self AS T)`. A floating-point number becomes the next integer, halves the even one of two.
    fn cast<T: SqlType<Base = T, Null = NotNull>>(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, T>, DialectOf<Self>>
    where
        Base<Self>: CastTo<T, DialectOf<Self>>,
    {
        let rounds = matches!(self.sql_type().kind, Kind::F32 | Kind::F64) && T::SQL_TYPE.kind == Kind::I64;
        let value = self.into_ir();
        let value = if rounds { ir::Node::Call(Function::RoundToInteger, vec![value]) } else { value };
        Expr::from_ir(match T::SQL_TYPE.kind {
            Kind::Text => ir::Node::Call(Function::TextOf, vec![value]),
            _ => ir::Node::Cast(Box::new(value), T::SQL_TYPE.clone()),
        })
    }

    /// The decimal or integer as a number to calculate with on every database: exact where the database has
    /// decimals, in floating point on SQLite, which has none.
    ///
    /// Sums, products, order and comparisons of such numbers are written once for all databases and lose nothing
    /// where nothing must be lost. For floating point everywhere, say `.cast::<f64>()`.
    ///
    /// ```
    /// # use relvar_query::{dialect::Portable, expr::{Cast, Expr}, types::Lossy};
    /// # use rust_decimal::Decimal;
    /// fn revenue(price: Expr<Decimal, Portable>, pieces: Expr<i32, Portable>) -> Expr<Lossy, Portable> {
    ///     price.lossy() * pieces.lossy()
    /// }
    /// ```
    fn lossy(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, Lossy>, DialectOf<Self>>
    where
        Base<Self>: Exact,
    {
        Expr::from_ir(if BaseOf::<TypeOf<Self>>::INTEGRAL {
            ir::Node::Cast(Box::new(self.into_ir()), Lossy::SQL_TYPE.clone())
        } else {
            ir::Node::Call(Function::Lossy, vec![self.into_ir()])
        })
    }

    /// The same expression for fewer databases, so that what only those have can be said of it. The query it stands in
    /// says `.only_on` as well.
    ///
    /// ```
    /// # use relvar_query::{dialect::{Portable, Postgres}, expr::*};
    /// fn about_lem(title: Expr<String, Portable>) -> Condition<Postgres> {
    ///     title.only_on::<Postgres>().ilike(contains("lem"))
    /// }
    /// ```
    fn only_on<D: Dialect>(self) -> Expr<TypeOf<Self>, D>
    where
        DialectOf<Self>: Covers<D>,
    {
        Expr::from_ir(self.into_ir())
    }

    /// A UUID as text, `67e55044-10b1-426f-9247-bb680e5fe0c8`.
    fn hyphenated(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, String>, DialectOf<Self>>
    where
        TypeOf<Self>: Is<uuid::Uuid>,
    {
        Expr::from_ir(ir::Node::Call(Function::UuidText, vec![self.into_ir()]))
    }

    /// The value inside a newtype.
    fn raw(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, <Base<Self> as Newtype>::Raw>, DialectOf<Self>>
    where
        Base<Self>: Newtype,
    {
        Expr::from_ir(self.into_ir())
    }
}

impl<E: Expression> Cast for E {}
