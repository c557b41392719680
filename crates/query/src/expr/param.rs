//! Parameters of prepared statements: places for values that every run brings along.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{Expr, Expression, Fills, Fits, Operand};
use crate::dialect::Portable;
use crate::ir::{self, Argument, ArgumentId};
use crate::types::{ArrayElement, NotNull, SqlType, TextValue, Type};
use crate::value::Value;

/// A place in a prepared statement for a value of type `T`.
///
/// It stands wherever a `T` does: beside a column, in `set(..)`, as a LIMIT. A `Param<Vec<T>>` is the list of
/// [`in_param`](super::Compare::in_param). A `Param<Option<T>>` is stored and compared as an `Option<T>` is:
/// `set(..)`, `is_not_distinct_from(..)`; [`expr`](Param::expr) makes a plain expression of it.
pub struct Param<T> {
    id: ArgumentId,
    number: u32,
    types: PhantomData<fn() -> T>,
}

impl<T> Clone for Param<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Param<T> {}

impl<T> fmt::Debug for Param<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Param({})", self.number)
    }
}

impl<T: SqlType> Param<T> {
    fn new(number: u32) -> Param<T> {
        Param { id: ArgumentId::fresh(), number, types: PhantomData }
    }

    fn slot(self, ty: &'static Type) -> ir::Node {
        ir::Node::Argument(Argument::slot(self.id, self.number, ty))
    }

    /// It as an expression, for a select list or a function.
    pub fn expr(self) -> Expr<T, Portable> {
        Expr::from_ir(self.slot(T::SQL_TYPE))
    }

    /// It as a number of rows.
    pub(crate) fn count(self) -> Argument {
        Argument::slot(self.id, self.number, T::SQL_TYPE)
    }
}

impl<T: ArrayElement> Param<Vec<T>> {
    /// It as a list of values that are bound as `element`.
    pub(super) fn list(self, element: &'static Type) -> Argument {
        Argument::slot_list(self.id, self.number, element)
    }
}

impl<T: SqlType> Expression for Param<T> {
    type Type = T;
    type Dialect = Portable;

    fn into_ir(self) -> ir::Node {
        self.slot(T::SQL_TYPE)
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType<Base = T, Null = NotNull>> Operand<T> for Param<T> {
    type Null = NotNull;
    type Dialect = Portable;

    fn operand(self, beside: &'static Type) -> ir::Node {
        self.slot(beside)
    }
}

#[diagnostic::do_not_recommend]
impl<S: SqlType + Fills<T>, T> Fits<T> for Param<S> {
    type Dialect = Portable;

    fn fit(self, place: &'static Type) -> ir::Node {
        self.slot(place)
    }
}

/// The parameters of a prepared statement, as its closure gets them: one, a tuple of several, or `()`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are not the parameters of a prepared statement",
    label = "not a `Param<..>`, a tuple of these, or `()`",
    note = "a closure says what its parameters are: `prepare(|id: Param<i64>| ..)`, `prepare(|(id, name): (Param<i64>, Param<String>)| ..)`"
)]
pub trait Params: Copy {
    /// As many values as there are parameters, and one more.
    #[doc(hidden)]
    type Values: AsRef<[Value]> + AsMut<[Value]> + Send + Sync;

    /// How many there are.
    #[doc(hidden)]
    const COUNT: u32;

    /// New ones.
    #[doc(hidden)]
    fn fresh() -> Self;
}

/// The values of the parameters `P` for one run: one value, a tuple of several, or `()`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be bound to `{P}`",
    label = "not the values of these parameters",
    note = "a value for one parameter, a tuple of as many values as there are parameters, or `()` for none"
)]
pub trait BindTo<P: Params> {
    /// The values, and behind them `last`, which is the library's own.
    #[doc(hidden)]
    fn bind_to(self, last: Value) -> P::Values;
}

/// A value for a parameter of type `T`: a `T`, text for a `String`, and what is not null for an `Option<..>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of a parameter of type `{T}`",
    label = "not a `{T}`"
)]
pub trait ParamValue<T> {
    /// As it is sent.
    #[doc(hidden)]
    fn into_param(self) -> Value;
}

#[diagnostic::do_not_recommend]
impl<T: SqlType> ParamValue<T> for T {
    fn into_param(self) -> Value {
        self.into_value()
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType<Base = T, Null = NotNull>> ParamValue<Option<T>> for T {
    fn into_param(self) -> Value {
        self.into_value()
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType + Clone> ParamValue<T> for &T {
    fn into_param(self) -> Value {
        self.clone().into_value()
    }
}

#[diagnostic::do_not_recommend]
impl<T: ArrayElement + Clone> ParamValue<Vec<T>> for &[T] {
    fn into_param(self) -> Value {
        self.to_vec().into_value()
    }
}

#[diagnostic::do_not_recommend]
impl<T: ArrayElement, const N: usize> ParamValue<Vec<T>> for [T; N] {
    fn into_param(self) -> Value {
        Vec::from(self).into_value()
    }
}

macro_rules! texts {
    ($($text:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl ParamValue<String> for $text {
            fn into_param(self) -> Value {
                self.into_text().into_value()
            }
        }
        #[diagnostic::do_not_recommend]
        impl ParamValue<Option<String>> for $text {
            fn into_param(self) -> Value {
                self.into_text().into_value()
            }
        }
        #[diagnostic::do_not_recommend]
        impl ParamValue<Option<String>> for Option<$text> {
            fn into_param(self) -> Value {
                self.map(TextValue::into_text).into_value()
            }
        }
    )* };
}
texts!(&str, Cow<'_, str>, Arc<str>);

#[diagnostic::do_not_recommend]
impl Params for () {
    type Values = [Value; 1];
    const COUNT: u32 = 0;

    fn fresh() {}
}

#[diagnostic::do_not_recommend]
impl BindTo<()> for () {
    fn bind_to(self, last: Value) -> [Value; 1] {
        [last]
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType> Params for Param<T> {
    type Values = [Value; 2];
    const COUNT: u32 = 1;

    fn fresh() -> Self {
        Param::new(0)
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, V: ParamValue<T>> BindTo<Param<T>> for V {
    fn bind_to(self, last: Value) -> [Value; 2] {
        [self.into_param(), last]
    }
}

macro_rules! tuples {
    ($(($($value:ident $part:ident $number:literal)*) $length:literal;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($part: SqlType),*> Params for ($(Param<$part>,)*) {
            type Values = [Value; $length];
            const COUNT: u32 = $length - 1;

            fn fresh() -> Self {
                ($(Param::<$part>::new($number),)*)
            }
        }

        #[diagnostic::do_not_recommend]
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$($part: SqlType, $value: ParamValue<$part>),*> BindTo<($(Param<$part>,)*)> for ($($value,)*) {
            fn bind_to(self, last: Value) -> [Value; $length] {
                let ($($value,)*) = self;
                [$($value.into_param(),)* last]
            }
        }
    )* };
}
tuples! {
    (A T0 0) 2;
    (A T0 0 B T1 1) 3;
    (A T0 0 B T1 1 C T2 2) 4;
    (A T0 0 B T1 1 C T2 2 D T3 3) 5;
    (A T0 0 B T1 1 C T2 2 D T3 3 E T4 4) 6;
    (A T0 0 B T1 1 C T2 2 D T3 3 E T4 4 F T5 5) 7;
    (A T0 0 B T1 1 C T2 2 D T3 3 E T4 4 F T5 5 G T6 6) 8;
    (A T0 0 B T1 1 C T2 2 D T3 3 E T4 4 F T5 5 G T6 6 H T7 7) 9;
    (A T0 0 B T1 1 C T2 2 D T3 3 E T4 4 F T5 5 G T6 6 H T7 7 I T8 8) 10;
    (A T0 0 B T1 1 C T2 2 D T3 3 E T4 4 F T5 5 G T6 6 H T7 7 I T8 8 J T9 9) 11;
    (A T0 0 B T1 1 C T2 2 D T3 3 E T4 4 F T5 5 G T6 6 H T7 7 I T8 8 J T9 9 K T10 10) 12;
    (A T0 0 B T1 1 C T2 2 D T3 3 E T4 4 F T5 5 G T6 6 H T7 7 I T8 8 J T9 9 K T10 10 L T11 11) 13;
}
