//! Numbers, booleans, text, bytes, UUIDs and decimals.

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

            #[inline]
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
pub(super) fn fixed<const N: usize>(cell: Cell<'_>, expected: &'static str) -> Result<[u8; N], DecodeError> {
    match cell {
        Cell::Binary(bytes) => bytes.try_into().map_err(|_| DecodeError::unexpected(expected, cell)),
        _ => Err(DecodeError::unexpected(expected, cell)),
    }
}

/// The text of a cell.
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
scalar!(Decimal, Decimal, |v| Value::Decimal(v), |cell| match cell {
    Cell::Integer(i) => Ok(Decimal::from(i)),
    Cell::Text(_) => {
        let text = text(cell, "a decimal")?;
        exact(text).ok_or_else(|| DecodeError::invalid("a decimal", "it is not a decimal number of up to 28 digits"))
    }
    Cell::Binary(bytes) => numeric(bytes),
    _ => Err(DecodeError::unexpected("a decimal", cell)),
});

/// PostgreSQL's binary `numeric`: digits in base 10 000 with a weight, a sign and a display scale.
fn numeric(bytes: &[u8]) -> Result<Decimal, DecodeError> {
    let wide = || DecodeError::invalid("a decimal", "it has more than 28 digits");
    let word = |i: usize| -> Result<i16, DecodeError> {
        let pair = bytes.get(2 * i..2 * i + 2).and_then(|b| b.try_into().ok());
        pair.map(i16::from_be_bytes).ok_or(DecodeError::Missing)
    };
    let (count, weight, sign, scale) = (word(0)?, i32::from(word(1)?), word(2)? as u16, i32::from(word(3)?));
    if sign != 0 && sign != 0x4000 {
        return Err(DecodeError::invalid("a decimal", "it is NaN or infinite"));
    }
    let mut mantissa: i128 = 0;
    for i in 0..usize::try_from(count).map_err(|_| DecodeError::Missing)? {
        let digit = i128::from(word(4 + i)?);
        mantissa = mantissa.checked_mul(10_000).and_then(|m| m.checked_add(digit)).ok_or_else(wide)?;
    }
    // the digits stand for mantissa * 10^exponent
    let mut exponent = 4 * (weight - i32::from(count) + 1);
    while exponent < 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        exponent += 1;
        if mantissa == 0 {
            exponent = 0;
        }
    }
    let signed = if sign == 0 { mantissa } else { -mantissa };
    // with as many zeros at the end as the column shows, and as there is room for
    let shown = scale.clamp(0, MAX_SCALE);
    let with_scale = |scale: i32| {
        let power = 10i128.checked_pow(u32::try_from(exponent + scale).ok()?)?;
        Decimal::try_from_i128_with_scale(signed.checked_mul(power)?, scale.unsigned_abs()).ok()
    };
    (-exponent.min(0)..=shown).rev().find_map(with_scale).ok_or_else(wide)
}

/// How many digits a decimal of Rust has behind its point.
const MAX_SCALE: i32 = Decimal::MAX_SCALE as i32;

/// A decimal as text, of which nothing is lost: zeros at the end that there is no room for are.
fn exact(text: &str) -> Option<Decimal> {
    let shortened = || text.contains('.').then(|| text.trim_end_matches('0').trim_end_matches('.'));
    Decimal::from_str_exact(text).ok().or_else(|| Decimal::from_str_exact(shortened()?).ok())
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn binary(words: &[i16]) -> Vec<u8> {
        words.iter().flat_map(|w| w.to_be_bytes()).collect()
    }

    #[test]
    fn numeric_reads_what_postgresql_sends() {
        let read = |words: &[i16]| numeric(&binary(words)).map(|d| d.to_string());
        assert_eq!(read(&[0, 0, 0, 0]).unwrap(), "0");
        assert_eq!(read(&[2, 0, 0, 2, 1, 5000]).unwrap(), "1.50");
        assert_eq!(read(&[1, 1, 0x4000, 0, 2]).unwrap(), "-20000");
        assert_eq!(read(&[1, -1, 0, 4, 1]).unwrap(), "0.0001");
        assert!(read(&[0, 0, 0xC000u16 as i16, 0]).is_err(), "NaN is not a Decimal");
        assert!(read(&[1, 20, 0, 0, 1]).is_err(), "too wide");
        assert!(numeric(&[0, 1]).is_err(), "a short cell is an error, not a panic");
    }

    /// As PostgreSQL sends it.
    fn sent(weight: i16, scale: i16, digits: &[i16]) -> Result<Decimal, DecodeError> {
        let head = [digits.len() as i16, weight, 0, scale];
        let bytes: Vec<u8> = head.iter().chain(digits).flat_map(|word| word.to_be_bytes()).collect();
        numeric(&bytes)
    }

    #[test]
    fn a_decimal_loses_nothing_but_zeros() {
        assert_eq!(sent(0, 2, &[1, 5000]).unwrap().to_string(), "1.50");
        assert_eq!(sent(1, 0, &[1]).unwrap().to_string(), "10000");
        assert_eq!(sent(0, 28, &[]).unwrap(), Decimal::ZERO);
        assert_eq!(sent(-7, 28, &[1]).unwrap().to_string(), "0.0000000000000000000000000001");
        // 29 digits before the point, and 28 zeros behind it
        let most = [7, 9228, 1625, 1426, 4337, 5935, 4395, 335];
        assert_eq!(sent(7, 28, &most), Ok("79228162514264337593543950335".parse().unwrap()));
        assert!(sent(7, 28, &[7, 9228, 1625, 1426, 4337, 5935, 4395, 336]).is_err());
        assert!(sent(-8, 30, &[1]).is_err());

        for same in ["1.50", "0", "-0.0000000000000000000000000001"] {
            assert_eq!(exact(same).map(|d| d.to_string()).as_deref(), Some(same));
        }
        assert_eq!(exact("1.500000000000000000000000000000000000"), Some(Decimal::new(15, 1)));
        assert_eq!(exact("79228162514264337593543950335.000"), Some(Decimal::MAX));
        for lossy in
            ["0.00000000000000000000000000001", "79228162514264337593543950335.5", "79228162514264337593543950336", "x"]
        {
            assert_eq!(exact(lossy), None, "{lossy}");
        }
    }
}
