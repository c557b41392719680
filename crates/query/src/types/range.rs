//! Ranges: from one bound to another, on databases that have them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use rust_decimal::Decimal;
use std::ops::{self, Bound};

use super::{Cell, DecodeError, Kind, NotNull, SqlType, Type};
use crate::ir::Function;
use crate::value::Value;

/// A range of values, each bound included, excluded or absent; or nothing at all.
///
/// It is made of Rust's own ranges: `Range::from(1..5)`, `Range::from(1..=5)`, `Range::from(1..)`. PostgreSQL keeps
/// ranges of integers and dates with the lower bound included and the upper one not: `1..=5` comes back as `1..6`.
///
/// ```
/// use relvar_query::types::Range;
/// use std::ops::Bound;
///
/// let range = Range::from(1..=5);
/// assert_eq!(range.lower(), Bound::Included(&1));
/// assert_eq!(range.upper(), Bound::Included(&5));
/// assert!(Range::<i32>::Empty.is_empty());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Range<T> {
    /// Nothing is in it.
    Empty,
    /// What lies between two bounds.
    Between(Bound<T>, Bound<T>),
}

impl<T> Range<T> {
    /// Whether nothing is in it, as far as it says so: the database finds `5..5` empty, too.
    pub fn is_empty(&self) -> bool {
        matches!(self, Range::Empty)
    }

    /// The lower bound; of an empty range there is none.
    pub fn lower(&self) -> Bound<&T> {
        match self {
            Range::Empty => Bound::Unbounded,
            Range::Between(lower, _) => lower.as_ref(),
        }
    }

    /// The upper bound; of an empty range there is none.
    pub fn upper(&self) -> Bound<&T> {
        match self {
            Range::Empty => Bound::Unbounded,
            Range::Between(_, upper) => upper.as_ref(),
        }
    }
}

macro_rules! of_rust {
    ($($range:ty: |$r:ident| $lower:expr, $upper:expr;)*) => { $(
        impl<T> From<$range> for Range<T> {
            fn from($r: $range) -> Self {
                Range::Between($lower, $upper)
            }
        }
    )* };
}
of_rust! {
    ops::Range<T>: |r| Bound::Included(r.start), Bound::Excluded(r.end);
    ops::RangeFrom<T>: |r| Bound::Included(r.start), Bound::Unbounded;
    ops::RangeTo<T>: |r| Bound::Unbounded, Bound::Excluded(r.end);
    ops::RangeToInclusive<T>: |r| Bound::Unbounded, Bound::Included(r.end);
    (Bound<T>, Bound<T>): |r| r.0, r.1;
}

impl<T> From<ops::RangeInclusive<T>> for Range<T> {
    fn from(range: ops::RangeInclusive<T>) -> Self {
        let (start, end) = range.into_inner();
        Range::Between(Bound::Included(start), Bound::Included(end))
    }
}

impl<T> From<ops::RangeFull> for Range<T> {
    fn from(_: ops::RangeFull) -> Self {
        Range::Between(Bound::Unbounded, Bound::Unbounded)
    }
}

/// A type that there are ranges of.
#[diagnostic::on_unimplemented(
    message = "there are no ranges of `{Self}`",
    label = "no range type",
    note = "ranges are of `i32`, `i64`, `Decimal`, `NaiveDate`, `NaiveDateTime` and `DateTime<Utc>`"
)]
pub trait RangeElement: SqlType<Base = Self, Null = NotNull> {
    /// The type of the ranges.
    const RANGE: &'static Type;
    #[doc(hidden)]
    const MAKE: Function;
}

macro_rules! elements {
    ($($rust:ty: $name:literal $make:ident;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl RangeElement for $rust {
            const RANGE: &'static Type = &Type::named($name, Kind::Custom);
            const MAKE: Function = Function::$make;
        }
    )* };
}
elements! {
    i32: "int4range" IntRange;
    i64: "int8range" BigintRange;
    Decimal: "numrange" NumericRange;
    NaiveDate: "daterange" DateRange;
    NaiveDateTime: "tsrange" TimestampRange;
    DateTime<Utc>: "tstzrange" PointRange;
}

#[diagnostic::do_not_recommend]
impl<T: RangeElement> SqlType for Range<T> {
    type Base = Range<T>;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = T::RANGE;

    fn into_value(self) -> Value {
        let value = |bound: Bound<T>| bound.map(|value| Box::new(value.into_value()));
        Value::Range(match self {
            Range::Empty => None,
            Range::Between(lower, upper) => Some((value(lower), value(upper))),
        })
    }

    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match cell {
            Cell::Binary([flags, bounds @ ..]) => range(*flags, bounds),
            _ => Err(DecodeError::unexpected("a range", cell)),
        }
    }
}

/// What the first byte of a range says, in PostgreSQL's binary format.
pub mod flag {
    /// Nothing is in it.
    pub const EMPTY: u8 = 0x01;
    /// The lower bound is included.
    pub const LOWER_INCLUDED: u8 = 0x02;
    /// The upper bound is included.
    pub const UPPER_INCLUDED: u8 = 0x04;
    /// There is no lower bound.
    pub const NO_LOWER: u8 = 0x08;
    /// There is no upper bound.
    pub const NO_UPPER: u8 = 0x10;
}

/// The bounds behind the flags: each a length and a value, where there is one.
fn range<T: RangeElement>(flags: u8, bounds: &[u8]) -> Result<Range<T>, DecodeError> {
    if flags & flag::EMPTY != 0 {
        return Ok(Range::Empty);
    }
    let mut rest = bounds;
    let mut bound = |none: u8, included: u8| -> Result<Bound<T>, DecodeError> {
        if flags & none != 0 {
            return Ok(Bound::Unbounded);
        }
        let (length, tail) = rest.split_first_chunk::<4>().ok_or(DecodeError::Missing)?;
        let length = usize::try_from(i32::from_be_bytes(*length)).map_err(|_| DecodeError::Missing)?;
        let (value, tail) = tail.split_at_checked(length).ok_or(DecodeError::Missing)?;
        rest = tail;
        let value = T::decode(Cell::Binary(value))?;
        Ok(if flags & included != 0 { Bound::Included(value) } else { Bound::Excluded(value) })
    };
    let lower = bound(flag::NO_LOWER, flag::LOWER_INCLUDED)?;
    let upper = bound(flag::NO_UPPER, flag::UPPER_INCLUDED)?;
    Ok(Range::Between(lower, upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_range_is_an_error() {
        let decode = |bytes: &[u8]| Range::<i32>::decode(Cell::Binary(bytes));
        assert_eq!(decode(&[flag::EMPTY]).unwrap(), Range::Empty);
        assert_eq!(decode(&[flag::NO_LOWER | flag::NO_UPPER]).unwrap(), Range::from(..));
        assert_eq!(decode(&[flag::LOWER_INCLUDED | flag::NO_UPPER, 0, 0, 0, 4, 0, 0, 0, 7]).unwrap(), Range::from(7..));
        for broken in [&[][..], &[0], &[0, 0, 0, 0, 4, 0], &[0, 255, 255, 255, 255], &[2, 0, 0, 0, 1, 7]] {
            assert!(decode(broken).is_err(), "{broken:?}");
        }
    }
}
