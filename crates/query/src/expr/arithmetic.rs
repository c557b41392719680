//! Arithmetic: `+ - * / %` by Rust's operators, and rounding.

use rust_decimal::Decimal;
use std::ops;

use super::operand::bind;
use super::{Base, Column, DialectOf, Expr, Expression, Is, Operand, Origin, TypeOf};
use crate::dialect::{Dialect, HasDecimal, HasMath, Meet, Met};
use crate::ir::{self, BinaryOp, Function, UnaryOp};
use crate::types::{BaseOf, In, Kind, Lossy, NullOf, Nullness, Numeric, OrNull, SqlType, Type, Wrap};

/// A number that the databases in `D` calculate with as Rust does. Decimals are text on SQLite, so there they are none.
#[diagnostic::on_unimplemented(message = "{D} cannot calculate with `{Self}`", label = "not a number there")]
pub trait Arithmetic<D>: Numeric {}
macro_rules! arithmetic { ($($rust:ty),*) => { $(#[diagnostic::do_not_recommend] impl<D> Arithmetic<D> for $rust {})* } }
arithmetic!(i16, i32, i64, f32, f64, Lossy);
impl<D: HasDecimal> Arithmetic<D> for Decimal {}

/// What may be added to a `B` or subtracted from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be added to a `{B}` or subtracted from it",
    label = "not a `{B}`",
    note = "both sides are of one type: `.cast::<..>()` changes it; a time moves by an `Interval`"
)]
pub trait Term<B> {
    /// Whether it can be NULL.
    type Null: Nullness;
    /// The databases it exists on.
    type Dialect: Dialect;

    /// `left + self`, or `left - self`.
    fn add_to(self, left: ir::Node, ty: &'static Type, negative: bool) -> ir::Node;
}

#[diagnostic::do_not_recommend]
impl<B: Numeric, R: Operand<B>> Term<B> for R {
    type Null = R::Null;
    type Dialect = R::Dialect;

    fn add_to(self, left: ir::Node, ty: &'static Type, negative: bool) -> ir::Node {
        let op = if negative { BinaryOp::Subtract } else { BinaryOp::Add };
        ir::Node::binary(op, left, self.operand(ty))
    }
}

macro_rules! terms {
    ($($trait:ident $method:ident $negative:literal;)*) => { $(
        impl<D: Dialect + Meet<R::Dialect>, T: SqlType, R: Term<BaseOf<T>>> ops::$trait<R> for Expr<T, D> {
            type Output = Expr<In<R::Null, T>, Met<D, R::Dialect>>;

            fn $method(self, other: R) -> Self::Output {
                let ty = self.sql_type();
                Expr::from_ir(other.add_to(self.into_ir(), ty, $negative))
            }
        }
        impl<O: Origin<Dialect: Meet<R::Dialect>>, T: SqlType, R: Term<BaseOf<T>>> ops::$trait<R> for Column<O, T> {
            type Output = Expr<In<R::Null, T>, Met<O::Dialect, R::Dialect>>;

            fn $method(self, other: R) -> Self::Output {
                let ty = self.sql_type();
                Expr::from_ir(other.add_to(self.into_ir(), ty, $negative))
            }
        }
    )* };
}
terms! {
    Add add false;
    Sub sub true;
}

macro_rules! factors {
    ($($trait:ident $method:ident $op:expr;)*) => { $(
        impl<D: Dialect + Meet<R::Dialect>, T: SqlType, R: Operand<BaseOf<T>>> ops::$trait<R> for Expr<T, D>
        where
            BaseOf<T>: Arithmetic<D>,
        {
            type Output = Expr<In<R::Null, T>, Met<D, R::Dialect>>;

            fn $method(self, other: R) -> Self::Output {
                let ty = self.sql_type();
                Expr::from_ir(ir::Node::binary($op(BaseOf::<T>::INTEGRAL), self.into_ir(), other.operand(ty)))
            }
        }
        impl<O: Origin<Dialect: Meet<R::Dialect>>, T: SqlType, R: Operand<BaseOf<T>>> ops::$trait<R> for Column<O, T>
        where
            BaseOf<T>: Arithmetic<O::Dialect>,
        {
            type Output = Expr<In<R::Null, T>, Met<O::Dialect, R::Dialect>>;

            fn $method(self, other: R) -> Self::Output {
                let ty = self.sql_type();
                Expr::from_ir(ir::Node::binary($op(BaseOf::<T>::INTEGRAL), self.into_ir(), other.operand(ty)))
            }
        }
    )* };
}
factors! {
    Mul mul |_| BinaryOp::Multiply;
    Div div |integral| if integral { BinaryOp::DivideIntegers } else { BinaryOp::Divide };
    Rem rem |_| BinaryOp::Modulo;
}

macro_rules! literals {
    ($($number:ty),*) => { $(
        literals!(@ $number, Add add |_| BinaryOp::Add);
        literals!(@ $number, Sub sub |_| BinaryOp::Subtract);
        literals!(@ $number, Mul mul |_| BinaryOp::Multiply);
        literals!(@ $number, Div div |integral| if integral { BinaryOp::DivideIntegers } else { BinaryOp::Divide });
    )* };
    (@ $number:ty, $trait:ident $method:ident $op:expr) => {
        impl<D: Dialect, T: Is<$number>> ops::$trait<Expr<T, D>> for $number where $number: Arithmetic<D> {
            type Output = Expr<T, D>;

            fn $method(self, other: Expr<T, D>) -> Self::Output {
                let ty = other.sql_type();
                Expr::from_ir(ir::Node::binary($op(<$number>::INTEGRAL), bind(self, ty), other.into_ir()))
            }
        }
        impl<O: Origin, T: Is<$number>> ops::$trait<Column<O, T>> for $number where $number: Arithmetic<O::Dialect> {
            type Output = Expr<T, O::Dialect>;

            fn $method(self, other: Column<O, T>) -> Self::Output {
                let ty = other.sql_type();
                Expr::from_ir(ir::Node::binary($op(<$number>::INTEGRAL), bind(self, ty), other.into_ir()))
            }
        }
    };
}
literals!(i16, i32, i64, f32, f64, Decimal, Lossy);

impl<D: Dialect, T: SqlType> ops::Neg for Expr<T, D>
where
    BaseOf<T>: Arithmetic<D>,
{
    type Output = Expr<T, D>;

    fn neg(self) -> Self::Output {
        Expr::from_ir(ir::Node::Unary(UnaryOp::Negate, Box::new(self.into_ir())))
    }
}

impl<O: Origin, T: SqlType> ops::Neg for Column<O, T>
where
    BaseOf<T>: Arithmetic<O::Dialect>,
{
    type Output = Expr<T, O::Dialect>;

    fn neg(self) -> Self::Output {
        Expr::from_ir(ir::Node::Unary(UnaryOp::Negate, Box::new(self.into_ir())))
    }
}

/// A whole number as it is; for databases that round to double precision only, back to the number's own type.
fn rounded<E: Expression>(function: Function, number: E) -> Expr<E::Type, E::Dialect>
where
    Base<E>: Numeric,
{
    if Base::<E>::INTEGRAL {
        return Expr::from_ir(number.into_ir());
    }
    let ty = number.sql_type();
    let whole = ir::Node::Call(function, vec![number.into_ir()]);
    Expr::from_ir(if ty.kind == Kind::F32 { ir::Node::Cast(Box::new(whole), ty.clone()) } else { whole })
}

/// Rounding, on numbers.
///
/// ```
/// # use relvar_query::{dialect::{Portable, Postgres}, expr::{Expr, Rounding}};
/// # fn of(x: Expr<f64, Portable>, y: Expr<f64, Postgres>) {
/// let rounded: Expr<f64, Portable> = x.clone().round();                      // 2.5 is 3, -2.5 is -3, everywhere
/// let price: Expr<f64, Portable> = x.round_to(2);
/// let root: Expr<Option<f64>, Postgres> = y.sqrt();                          // NULL of a negative number
/// # }
/// ```
pub trait Rounding: Expression {
    /// `ABS(self)`
    fn abs(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        Base<Self>: Arithmetic<DialectOf<Self>>,
    {
        Expr::from_ir(ir::Node::Call(Function::Abs, vec![self.into_ir()]))
    }

    /// `ROUND(self)`: to the next whole number, halves away from zero.
    fn round(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        Base<Self>: Arithmetic<DialectOf<Self>>,
    {
        let exact = matches!(self.sql_type().kind, Kind::Decimal | Kind::Lossy);
        rounded(if exact { Function::Round } else { Function::RoundFloat }, self)
    }

    /// `ROUND(self, digits)`: to so many digits behind the point. A decimal is rounded exactly; of a floating-point
    /// number the databases may take the last digit the one way or the other where it lies half-way.
    fn round_to(self, digits: u8) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        Base<Self>: Arithmetic<DialectOf<Self>>,
    {
        let (integral, ty) = (Base::<Self>::INTEGRAL, self.sql_type());
        let exact = matches!(ty.kind, Kind::Decimal | Kind::Lossy);
        let function = if exact { Function::Round } else { Function::RoundFloatTo };
        let number = self.into_ir();
        if integral {
            return Expr::from_ir(number);
        }
        let rounded = ir::Node::Call(function, vec![number, ir::Node::Constant(ir::Constant::Integer(digits.into()))]);
        Expr::from_ir(if ty.kind == Kind::F32 { ir::Node::Cast(Box::new(rounded), ty.clone()) } else { rounded })
    }

    /// `TRUNC(self)`: without the digits behind the point.
    fn trunc(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        Base<Self>: Arithmetic<DialectOf<Self>>,
    {
        rounded(Function::Truncate, self)
    }

    /// `SIGN(self)`: -1, 0 or 1.
    fn sign(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, i32>, DialectOf<Self>>
    where
        Base<Self>: Arithmetic<DialectOf<Self>>,
    {
        Expr::from_ir(ir::Node::Call(Function::Sign, vec![self.into_ir()]))
    }

    /// The square root; NULL of a negative number.
    fn sqrt(self) -> Expr<Option<f64>, DialectOf<Self>>
    where
        TypeOf<Self>: Is<f64>,
        DialectOf<Self>: HasMath,
    {
        Expr::from_ir(ir::Node::Call(Function::Sqrt, vec![self.into_ir()]))
    }

    /// The natural logarithm; NULL of a number that is not positive.
    fn ln(self) -> Expr<Option<f64>, DialectOf<Self>>
    where
        TypeOf<Self>: Is<f64>,
        DialectOf<Self>: HasMath,
    {
        Expr::from_ir(ir::Node::Call(Function::Ln, vec![self.into_ir()]))
    }

    /// e to the power of it; too great a result is an error.
    fn exp(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: Is<f64>,
        DialectOf<Self>: HasMath,
    {
        Expr::from_ir(ir::Node::Call(Function::Exp, vec![self.into_ir()]))
    }

    /// It to the power of `exponent`; too great a result is an error.
    fn power<R: Operand<f64>>(
        self,
        exponent: R,
    ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, f64>, Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: Is<f64>,
        DialectOf<Self>: HasMath + Meet<R::Dialect>,
    {
        let exponent = exponent.operand(f64::SQL_TYPE);
        Expr::from_ir(ir::Node::Call(Function::Power, vec![self.into_ir(), exponent]))
    }

    /// `FLOOR(self)`: the next lower whole number.
    fn floor(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        Base<Self>: Arithmetic<DialectOf<Self>>,
    {
        rounded(Function::Floor, self)
    }

    /// `CEIL(self)`: the next higher whole number.
    fn ceil(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        Base<Self>: Arithmetic<DialectOf<Self>>,
    {
        rounded(Function::Ceil, self)
    }
}

impl<E: Expression> Rounding for E {}
