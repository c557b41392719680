//! The time between two points of a calendar, on databases that count it so.

use super::{Cell, DecodeError, Kind, NotNull, SqlType, Type, scalar};
use crate::value::Value;

/// Months, days and microseconds (`interval`): what lies between two timestamps as calendars count it.
///
/// Its parts are not made of each other, for months and days have no fixed length; all of them are negative where it
/// goes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Age {
    /// Whole months; twelve are a year.
    pub months: i32,
    /// Whole days beside them.
    pub days: i32,
    /// The rest, in microseconds.
    pub micros: i64,
}

#[diagnostic::do_not_recommend]
impl SqlType for Age {
    type Base = Age;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::named("interval", Kind::Custom);

    fn into_value(self) -> Value {
        let Age { months, days, micros } = self;
        let mut bytes = Vec::with_capacity(16);
        bytes.extend(micros.to_be_bytes());
        bytes.extend(days.to_be_bytes());
        bytes.extend(months.to_be_bytes());
        Value::Binary(bytes)
    }

    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        let bits = u128::from_be_bytes(scalar::fixed(cell, "an interval")?);
        let (micros, days, months) = ((bits >> 64) as i64, (bits >> 32) as i32, bits as i32);
        Ok(Age { months, days, micros })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_make_the_round_trip() {
        for age in
            [Age::default(), Age { months: -13, days: 5, micros: i64::MIN }, Age { months: 1, days: -1, micros: 7 }]
        {
            let Value::Binary(bytes) = age.into_value() else { panic!("{age:?}") };
            assert_eq!(Age::decode(Cell::Binary(&bytes)).unwrap(), age);
            assert!(Age::decode(Cell::Binary(&bytes[1..])).is_err());
        }
    }
}
