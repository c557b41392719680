//! Numbers, booleans, text, bytes and UUIDs, and what can be done with numbers.

use rust_decimal::Decimal;
use std::borrow::Cow;
use std::sync::Arc;
use uuid::Uuid;

use super::{Cell, DecodeError, Kind, Lossy, NotNull, Nullable, SqlType, Type};
use crate::dialect::HasDecimal;
use crate::value::Value;

/// Declares that `$rust` is a not-null SQL type of `$kind`, with the value it sends and the cells it reads.
macro_rules! scalar {
    ($rust:ty, $kind:ident, |$v:ident| $value:expr, |$cell:ident| $decode:expr) => {
        #[diagnostic::do_not_recommend]
        impl SqlType for $rust {
            type Base = $rust;
            type Null = NotNull;
            const SQL_TYPE: &'static Type = &Type::of(Kind::$kind);

            #[inline]
            fn into_value(self) -> Value {
                let $v = self;
                $value
            }

            // the cell is read where the row has written it, and not moved
            #[inline(always)]
            fn decode($cell: Cell<'_>) -> Result<Self, DecodeError> {
                $decode
            }
        }
    };
}
pub(super) use scalar;

#[diagnostic::do_not_recommend]
impl<T: SqlType<Base = T, Null = NotNull>> SqlType for Option<T> {
    type Base = T;
    type Null = Nullable;
    const SQL_TYPE: &'static Type = T::SQL_TYPE;
    const LABELS: &'static [&'static str] = T::LABELS;

    #[inline]
    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }

    #[inline]
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match cell {
            Cell::Null => Ok(None),
            cell => T::decode(cell).map(Some),
        }
    }
}

/// The bytes of a fixed-length binary cell.
#[inline]
pub(super) fn fixed<const N: usize>(cell: Cell<'_>, expected: &'static str) -> Result<[u8; N], DecodeError> {
    match cell {
        Cell::Binary(bytes) => bytes.try_into().map_err(|_| DecodeError::unexpected(expected, cell)),
        _ => Err(DecodeError::unexpected(expected, cell)),
    }
}

/// The text of a cell.
#[inline]
pub(super) fn text<'r>(cell: Cell<'r>, expected: &'static str) -> Result<&'r str, DecodeError> {
    match cell {
        Cell::Text(bytes) | Cell::Binary(bytes) => {
            std::str::from_utf8(bytes).map_err(|_| DecodeError::invalid(expected, "it is not UTF-8"))
        }
        _ => Err(DecodeError::unexpected(expected, cell)),
    }
}

macro_rules! integers {
    ($($rust:ident $kind:ident $name:literal;)*) => { $(
        scalar!($rust, $kind, |v| Value::$kind(v), |cell| match cell {
            Cell::Integer(i) => $rust::try_from(i).map_err(|_| DecodeError::invalid($name, "it is out of range")),
            _ => fixed(cell, $name).map($rust::from_be_bytes),
        });
    )* };
}
integers! {
    i16 I16 "a smallint";
    i32 I32 "an integer";
    i64 I64 "a bigint";
}

scalar!(f32, F32, |v| Value::F32(v), |cell| match cell {
    Cell::Real(r) => Ok(r as f32),
    Cell::Integer(i) => Ok(i as f32),
    _ => fixed(cell, "a real").map(f32::from_be_bytes),
});
scalar!(f64, F64, |v| Value::F64(v), |cell| match cell {
    Cell::Real(r) => Ok(r),
    Cell::Integer(i) => Ok(i as f64),
    _ => fixed(cell, "a double precision").map(f64::from_be_bytes),
});
scalar!(bool, Bool, |v| Value::Bool(v), |cell| match cell {
    Cell::Integer(0) | Cell::Binary([0]) => Ok(false),
    Cell::Integer(1) | Cell::Binary([1]) => Ok(true),
    Cell::Integer(_) => Err(DecodeError::invalid("a boolean", "it is neither 0 nor 1")),
    _ => Err(DecodeError::unexpected("a boolean", cell)),
});
scalar!(String, Text, |v| Value::Text(v), |cell| text(cell, "text").map(str::to_owned));
scalar!(Vec<u8>, Bytes, |v| Value::Bytes(v), |cell| match cell {
    Cell::Blob(bytes) | Cell::Binary(bytes) => Ok(bytes.to_vec()),
    _ => Err(DecodeError::unexpected("bytes", cell)),
});
scalar!(Uuid, Uuid, |v| Value::Uuid(v), |cell| match cell {
    Cell::Blob(bytes) | Cell::Binary(bytes) => {
        Uuid::from_slice(bytes).map_err(|_| DecodeError::invalid("a UUID", "it is not 16 bytes long"))
    }
    Cell::Text(text) => Uuid::try_parse_ascii(text)
        .map_err(|_| DecodeError::invalid("a UUID", "it is not written as 32 hexadecimal digits")),
    _ => Err(DecodeError::unexpected("a UUID", cell)),
});
/// A type that arithmetic works on.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a number", label = "arithmetic needs a number")]
pub trait Numeric {
    /// Whether it is an integer, so that division cuts off.
    const INTEGRAL: bool;
}
macro_rules! numeric { ($($rust:ty: $integral:literal),*) => { $(#[diagnostic::do_not_recommend] impl Numeric for $rust { const INTEGRAL: bool = $integral; })* } }
numeric!(i16: true, i32: true, i64: true, f32: false, f64: false, Decimal: false, Lossy: false);
macro_rules! mark { ($mark:ident: $($rust:ty),*) => { $(#[diagnostic::do_not_recommend] impl $mark for $rust {})* } }

/// An integer type.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an integer", label = "needs an integer")]
pub trait Integral: Numeric {}
mark!(Integral: i16, i32, i64);

/// A type that `sum` works on, with the type of the sum: wide enough that it is the same on all databases.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a number", label = "only numbers can be summed")]
pub trait Summable<D> {
    /// `i64` for small integers, [`Decimal`] for `i64` and decimals, `f64` for floats.
    type Sum: SqlType<Base = Self::Sum, Null = NotNull>;
}
macro_rules! sums {
    ($($rust:ty => $sum:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<D> Summable<D> for $rust {
            type Sum = $sum;
        }
    )* };
}
sums! { i16 => i64; i32 => i64; i64 => Decimal; f32 => f64; f64 => f64; }
impl<D: HasDecimal> Summable<D> for Decimal {
    type Sum = Decimal;
}

/// A number whose average is asked for as a number of its own kind, not in floating point.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no exact average",
    label = "not a decimal or an integer",
    note = "`avg` is the average in floating point"
)]
pub trait Averaged<D> {
    /// [`Decimal`], or [`Lossy`] for what is that already.
    type Average: SqlType<Base = Self::Average, Null = NotNull>;
}
macro_rules! averages { ($($rust:ty),*) => { $(impl<D: HasDecimal> Averaged<D> for $rust { type Average = Decimal; })* } }
averages!(i16, i32, i64, Decimal);
#[diagnostic::do_not_recommend]
impl<D> Averaged<D> for Lossy {
    type Average = Lossy;
}

/// A number that has an exact value: a decimal or an integer.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an exact number",
    label = "neither a decimal nor an integer",
    note = "floating-point numbers are calculated with on every database as they are"
)]
pub trait Exact: Numeric {}
mark!(Exact: i16, i32, i64, Decimal);

/// Text, or a nullable text.
#[diagnostic::on_unimplemented(message = "`{Self}` is not text", label = "needs a text column or expression")]
pub trait IsText: SqlType {}
#[diagnostic::do_not_recommend]
impl IsText for String {}
#[diagnostic::do_not_recommend]
impl IsText for Option<String> {}

/// Rust text that stands for SQL text wherever a `String` does.
pub trait TextValue {
    /// The owned text.
    fn into_text(self) -> String;
}
impl TextValue for &str {
    fn into_text(self) -> String {
        self.to_owned()
    }
}
impl TextValue for String {
    fn into_text(self) -> String {
        self
    }
}
impl TextValue for Cow<'_, str> {
    fn into_text(self) -> String {
        self.into_owned()
    }
}
impl TextValue for Arc<str> {
    fn into_text(self) -> String {
        (*self).to_owned()
    }
}
