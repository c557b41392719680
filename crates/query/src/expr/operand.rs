//! What may stand beside an expression, and what may be stored where.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Column, Expr, Expression, Origin};
use crate::dialect::{Dialect, Portable};
use crate::ir;
use crate::statement::Select;
use crate::types::{Lossy, NotNull, Nullable, Nullness, SqlType, TextValue, Type};

/// `B` or `Option<B>`.
// A trait of its own, not `SqlType<Base = B>`: a projection that fails has no words of ours.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot stand where a `{B}` is expected", label = "not a `{B}`")]
pub trait Is<B>: SqlType {}
#[diagnostic::do_not_recommend]
impl<B: SqlType<Base = B, Null = NotNull>> Is<B> for B {}
#[diagnostic::do_not_recommend]
impl<B: SqlType<Base = B, Null = NotNull>> Is<B> for Option<B> {}

/// A boolean, nullable or not.
#[diagnostic::on_unimplemented(
    message = "a condition must be boolean, but this is `{Self}`",
    label = "not a condition",
    note = "compare it with something: `.eq(..)`, `.gt(..)`, `.is_null()`"
)]
pub trait Boolean: SqlType<Base = bool> + Is<bool> {}
#[diagnostic::do_not_recommend]
impl Boolean for bool {}
#[diagnostic::do_not_recommend]
impl Boolean for Option<bool> {}

/// What may stand beside a `B`, whatever its nullness: a value, a column, an expression, a scalar subquery.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand where a `{B}` is expected",
    label = "not a `{B}`",
    note = "nothing equals NULL in SQL, so an `Option` is no operand: use `is_null()`, `is_not_distinct_from(..)`, or `filter_opt` for a filter that may be absent",
    note = "the value inside a newtype is compared through `.raw()`"
)]
pub trait Operand<B> {
    /// Whether it can be NULL.
    type Null: Nullness;
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types; a value is bound as `beside`, the type of what it stands beside.
    fn operand(self, beside: &'static Type) -> ir::Node;
}

#[diagnostic::do_not_recommend]
impl<T: Is<B>, B, D: Dialect> Operand<B> for Expr<T, D> {
    type Null = T::Null;
    type Dialect = D;

    fn operand(self, _: &'static Type) -> ir::Node {
        self.into_ir()
    }
}

#[diagnostic::do_not_recommend]
impl<O: Origin, T: Is<B>, B> Operand<B> for Column<O, T> {
    type Null = T::Null;
    type Dialect = O::Dialect;

    fn operand(self, _: &'static Type) -> ir::Node {
        self.into_ir()
    }
}

#[diagnostic::do_not_recommend]
impl<H, R: Is<B>, B, D: Dialect> Operand<B> for Select<H, R, D> {
    type Null = Nullable;
    type Dialect = D;

    fn operand(self, _: &'static Type) -> ir::Node {
        ir::Node::Scalar(self.into_select())
    }
}

#[diagnostic::do_not_recommend]
impl<V: SqlType<Base = V, Null = NotNull>> Operand<V> for V {
    type Null = NotNull;
    type Dialect = Portable;

    fn operand(self, beside: &'static Type) -> ir::Node {
        bind(self, beside)
    }
}

#[diagnostic::do_not_recommend]
impl<V: SqlType<Base = V, Null = NotNull> + Clone> Operand<V> for &V {
    type Null = NotNull;
    type Dialect = Portable;

    fn operand(self, beside: &'static Type) -> ir::Node {
        bind(self.clone(), beside)
    }
}

/// What may be stored in a `T`, or fill a row's field of type `T`: what is not null fits a nullable place, too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit where a `{T}` is expected",
    label = "not a `{T}`",
    note = "a nullable expression becomes a not-null one by `.coalesce(..)`"
)]
pub trait Fits<T> {
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types; a value is bound as `place`, the type of where it goes.
    fn fit(self, place: &'static Type) -> ir::Node;
}

/// What a field of an insert or a patch may be: what fits its column, or an `Option` of a borrowed value.
// not what fits anywhere: of `None` in `set(None)` nobody would know what it is no value of
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit where a `{T}` is expected",
    label = "not a `{T}`",
    note = "a field has the type of its column, or borrows it: `&'a str`, `Option<&'a str>`, `&'a [u8]`, `Cow<'a, str>`"
)]
pub trait Given<T> {
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types; a value is bound as `place`, the type of where it goes.
    fn give(self, place: &'static Type) -> ir::Node;
}

#[diagnostic::do_not_recommend]
impl<V: Fits<T>, T> Given<T> for V {
    type Dialect = V::Dialect;

    fn give(self, place: &'static Type) -> ir::Node {
        self.fit(place)
    }
}

/// That an expression of this type can fill a place of type `T`.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` does not fit where a `{T}` is expected",
    label = "not a `{T}`",
    note = "a nullable expression becomes a not-null one by `.coalesce(..)`"
)]
pub trait Fills<T> {}
#[diagnostic::do_not_recommend]
impl<T: SqlType> Fills<T> for T {}
#[diagnostic::do_not_recommend]
impl<T: SqlType<Base = T, Null = NotNull>> Fills<Option<T>> for T {}

#[diagnostic::do_not_recommend]
impl<S: SqlType + Fills<T>, T, D: Dialect> Fits<T> for Expr<S, D> {
    type Dialect = D;

    fn fit(self, _: &'static Type) -> ir::Node {
        self.into_ir()
    }
}

#[diagnostic::do_not_recommend]
impl<O: Origin, S: SqlType + Fills<T>, T> Fits<T> for Column<O, S> {
    type Dialect = O::Dialect;

    fn fit(self, _: &'static Type) -> ir::Node {
        self.into_ir()
    }
}

#[diagnostic::do_not_recommend]
impl<H, R: SqlType<Base = B>, B: SqlType<Base = B, Null = NotNull>, D: Dialect> Fits<Option<B>> for Select<H, R, D> {
    type Dialect = D;

    fn fit(self, _: &'static Type) -> ir::Node {
        ir::Node::Scalar(self.into_select())
    }
}

#[diagnostic::do_not_recommend]
impl<V: SqlType> Fits<V> for V {
    type Dialect = Portable;

    fn fit(self, place: &'static Type) -> ir::Node {
        bind(self, place)
    }
}

#[diagnostic::do_not_recommend]
impl<V: SqlType<Base = V, Null = NotNull>> Fits<Option<V>> for V {
    type Dialect = Portable;

    fn fit(self, place: &'static Type) -> ir::Node {
        bind(self, place)
    }
}

#[diagnostic::do_not_recommend]
impl<V: SqlType<Base = V, Null = NotNull> + Clone> Fits<V> for &V {
    type Dialect = Portable;

    fn fit(self, place: &'static Type) -> ir::Node {
        bind(self.clone(), place)
    }
}

#[diagnostic::do_not_recommend]
impl<V: SqlType<Base = V, Null = NotNull> + Clone> Fits<Option<V>> for &V {
    type Dialect = Portable;

    fn fit(self, place: &'static Type) -> ir::Node {
        bind(self.clone(), place)
    }
}

#[diagnostic::do_not_recommend]
impl<V: SqlType<Base = V, Null = NotNull> + Clone> Given<Option<V>> for Option<&V> {
    type Dialect = Portable;

    fn give(self, place: &'static Type) -> ir::Node {
        bind(self.cloned(), place)
    }
}

/// Borrowed and shared text stands wherever a `String` does.
macro_rules! texts {
    ($($text:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl Operand<String> for $text {
            type Null = NotNull;
            type Dialect = Portable;

            fn operand(self, beside: &'static Type) -> ir::Node {
                bind(self.into_text(), beside)
            }
        }
        #[diagnostic::do_not_recommend]
        impl Fits<String> for $text {
            type Dialect = Portable;

            fn fit(self, place: &'static Type) -> ir::Node {
                bind(self.into_text(), place)
            }
        }
        #[diagnostic::do_not_recommend]
        impl Fits<Option<String>> for $text {
            type Dialect = Portable;

            fn fit(self, place: &'static Type) -> ir::Node {
                bind(self.into_text(), place)
            }
        }
        #[diagnostic::do_not_recommend]
        impl Given<Option<String>> for Option<$text> {
            type Dialect = Portable;

            fn give(self, place: &'static Type) -> ir::Node {
                bind(self.map(TextValue::into_text), place)
            }
        }
    )* };
}
texts!(&str, Cow<'_, str>, Arc<str>);

/// Borrowed bytes stand wherever a `Vec<u8>` does.
macro_rules! bytes {
    ($([$($generics:tt)*] $bytes:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Operand<Vec<u8>> for $bytes {
            type Null = NotNull;
            type Dialect = Portable;

            fn operand(self, beside: &'static Type) -> ir::Node {
                bind(self.to_vec(), beside)
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Fits<Vec<u8>> for $bytes {
            type Dialect = Portable;

            fn fit(self, place: &'static Type) -> ir::Node {
                bind(self.to_vec(), place)
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Fits<Option<Vec<u8>>> for $bytes {
            type Dialect = Portable;

            fn fit(self, place: &'static Type) -> ir::Node {
                bind(self.to_vec(), place)
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Given<Option<Vec<u8>>> for Option<$bytes> {
            type Dialect = Portable;

            fn give(self, place: &'static Type) -> ir::Node {
                bind(self.map(|bytes| bytes.to_vec()), place)
            }
        }
    )* };
}
bytes! {
    [] &[u8];
    [] Cow<'_, [u8]>;
    [const N: usize] &[u8; N];
}

/// A value that stands beside a number that is exact where it can be.
// a trait, not an impl for each: rustc would name that impl in messages that have nothing to do with it
trait ExactValue: Into<Lossy> {}
impl ExactValue for i32 {}
impl ExactValue for i64 {}
impl ExactValue for rust_decimal::Decimal {}

#[diagnostic::do_not_recommend]
impl<V: ExactValue> Operand<Lossy> for V {
    type Null = NotNull;
    type Dialect = Portable;

    fn operand(self, beside: &'static Type) -> ir::Node {
        bind(self.into(), beside)
    }
}

/// An argument that binds `value` as `ty`.
pub(crate) fn bind<V: SqlType>(value: V, ty: &'static Type) -> ir::Node {
    ir::Node::Argument(ir::Argument::new(value.into_value(), ty))
}
