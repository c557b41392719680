//! The types of results: how a cell of each is read, and what SQL calls it.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use relvar_query::types::{Cell, DecodeError, Kind, Type};
use sqlx::TypeInfo;
use sqlx::mysql::{MySql, MySqlTypeInfo};

use super::variant::Variant;

/// How the cells of a column travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wire {
    /// Nothing but NULL.
    Null,
    /// An integer of so many bits.
    Integer {
        /// How many bits.
        bits: u8,
        /// Whether it is unsigned.
        unsigned: bool,
    },
    /// Up to 64 bits, the highest first.
    Bits,
    /// 32 bits.
    Float,
    /// 64 bits.
    Double,
    /// A decimal number, as text.
    Decimal,
    /// Text.
    Text,
    /// A JSON document, as text.
    Json,
    /// Bytes.
    Bytes,
    /// A calendar date.
    Date,
    /// A time, of up to 838 hours.
    Time,
    /// A date and a time.
    DateTime,
    /// A point in time, shown in the session's time zone.
    Timestamp,
}

impl Wire {
    /// How the cells of a column travel; nothing for types that are not read here.
    pub(super) fn of(info: &MySqlTypeInfo) -> Option<Wire> {
        // of what may be a boolean the driver's name does not say whether it is unsigned
        let name = info.name();
        let integer = |bits| {
            let unsigned = name.ends_with("UNSIGNED") || *info == <u8 as sqlx::Type<MySql>>::type_info();
            Some(Wire::Integer { bits, unsigned })
        };
        match name {
            "NULL" => Some(Wire::Null),
            "BOOLEAN" | "TINYINT" | "TINYINT UNSIGNED" => integer(8),
            "SMALLINT" | "SMALLINT UNSIGNED" => integer(16),
            // it ends in the year 2155
            "YEAR" => Some(Wire::Integer { bits: 16, unsigned: false }),
            "MEDIUMINT" | "MEDIUMINT UNSIGNED" => integer(24),
            "INT" | "INT UNSIGNED" => integer(32),
            "BIGINT" | "BIGINT UNSIGNED" => integer(64),
            "BIT" => Some(Wire::Bits),
            "FLOAT" => Some(Wire::Float),
            "DOUBLE" => Some(Wire::Double),
            "DECIMAL" => Some(Wire::Decimal),
            "JSON" => Some(Wire::Json),
            "DATE" => Some(Wire::Date),
            "TIME" => Some(Wire::Time),
            "DATETIME" => Some(Wire::DateTime),
            "TIMESTAMP" => Some(Wire::Timestamp),
            // of text with a binary collation the driver's name is that of bytes
            _ if <str as sqlx::Type<MySql>>::compatible(info) => Some(Wire::Text),
            _ if <[u8] as sqlx::Type<MySql>>::compatible(info) => Some(Wire::Bytes),
            _ => None,
        }
    }

    /// Whether a cell of this form can be read as a value of a type. What comes `straight` from a column must be
    /// declared as the value is, or as narrower integers are; what an expression computes may be as wide as the
    /// server makes it, and is looked at value by value.
    pub(super) fn serves(self, expected: &Type, straight: bool, variant: &Variant) -> bool {
        if expected.array {
            return false;
        }
        match (expected.kind, self) {
            (_, Wire::Null) => true,
            (Kind::Bool, Wire::Integer { bits, .. }) => bits == 8 || !straight,
            // a field of several bits shows by its values
            (Kind::Bool | Kind::I64, Wire::Bits) => true,
            // most keys are declared so, and few get that far
            (Kind::I64, Wire::Integer { .. }) => true,
            (Kind::I16, Wire::Integer { bits, unsigned }) => bits + u8::from(unsigned) <= 16 || !straight,
            (Kind::I32, Wire::Integer { bits, unsigned }) => bits + u8::from(unsigned) <= 32 || !straight,
            // what a union makes of signed and unsigned ones, which row numbers are
            (Kind::I16 | Kind::I32 | Kind::I64, Wire::Decimal) => !straight,
            (Kind::F32, Wire::Float) | (Kind::F64, Wire::Double) => true,
            (Kind::F32 | Kind::F64, Wire::Float | Wire::Double | Wire::Decimal | Wire::Integer { .. }) => !straight,
            (Kind::Decimal | Kind::Lossy, Wire::Decimal) => true,
            (Kind::Decimal | Kind::Lossy, Wire::Integer { .. }) => !straight,
            (Kind::Text | Kind::Enum, Wire::Text) => true,
            (Kind::Json, Wire::Json) => true,
            (Kind::Json, Wire::Text) => !variant.json_type || !straight,
            (Kind::Bytes, Wire::Bytes) => true,
            // bytes that were bound and stand beside no column
            (Kind::Bytes | Kind::Uuid, Wire::Text) if !straight => true,
            (Kind::Uuid, Wire::Text) => variant.uuid_type,
            (Kind::Uuid, Wire::Bytes) => !variant.uuid_type || !straight,
            (Kind::Timestamp | Kind::DateTime, Wire::DateTime) | (Kind::Timestamp, Wire::Timestamp) => true,
            (Kind::Date, Wire::Date) | (Kind::Time, Wire::Time) => true,
            (Kind::DateTime, Wire::Timestamp) => !straight,
            (Kind::Timestamp | Kind::DateTime | Kind::Date | Kind::Time, Wire::Text) => !straight,
            _ => false,
        }
    }

    /// Reads a cell that is not NULL, for a value of `kind`.
    pub(super) fn cell(self, kind: Kind, bytes: &[u8]) -> Result<Cell<'_>, DecodeError> {
        Ok(match self {
            Wire::Null => Cell::Null,
            Wire::Integer { bits, unsigned } => Cell::Integer(integer(bits, unsigned, bytes)?),
            Wire::Bits => Cell::Integer(bits(bytes)?),
            Wire::Float => Cell::Real(f32::from_le_bytes(fixed(bytes)?).into()),
            Wire::Double => Cell::Real(f64::from_le_bytes(fixed(bytes)?)),
            Wire::Decimal if matches!(kind, Kind::F32 | Kind::F64) => Cell::Real(real(bytes)?),
            Wire::Decimal if matches!(kind, Kind::I16 | Kind::I32 | Kind::I64) => Cell::Integer(whole(bytes)?),
            Wire::Text if kind == Kind::Bytes || (kind == Kind::Uuid && bytes.len() == 16) => Cell::Blob(bytes),
            Wire::Decimal | Wire::Text | Wire::Json => Cell::Text(bytes),
            Wire::Bytes => Cell::Blob(bytes),
            Wire::Date => Cell::Date(date(&mut Bytes::prefixed(bytes)?)?),
            Wire::Time => Cell::Time(time(bytes)?),
            Wire::DateTime | Wire::Timestamp => Cell::DateTime(date_time(bytes)?),
        })
    }
}

/// What SQL calls the type that a value is sent as, or expected to be.
pub(super) fn spelled(ty: &Type, variant: &Variant) -> String {
    let name = match (ty.kind, ty.name.as_deref()) {
        (_, Some(name)) => name,
        (Kind::Bool, _) => "boolean",
        (Kind::I16, _) => "smallint",
        (Kind::I32, _) => "int",
        (Kind::I64, _) => "bigint",
        (Kind::F32, _) => "float",
        (Kind::F64, _) => "double",
        (Kind::Text, _) => "text",
        (Kind::Enum, _) => "an enum",
        (Kind::Bytes, _) => "blob",
        (Kind::Timestamp | Kind::DateTime, _) => "datetime",
        (Kind::Date, _) => "date",
        (Kind::Time, _) => "time",
        (Kind::Uuid, _) => variant.uuid,
        (Kind::Decimal | Kind::Lossy, _) => "decimal",
        (Kind::Json, _) => "json",
        _ => "a type of one's own",
    };
    if ty.array { format!("an array of {name}") } else { name.to_owned() }
}

fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], DecodeError> {
    bytes.try_into().map_err(|_| DecodeError::Missing)
}

fn integer(bits: u8, unsigned: bool, bytes: &[u8]) -> Result<i64, DecodeError> {
    Ok(match (bits, unsigned) {
        (8, false) => i8::from_le_bytes(fixed(bytes)?).into(),
        (8, true) => u8::from_le_bytes(fixed(bytes)?).into(),
        (16, false) => i16::from_le_bytes(fixed(bytes)?).into(),
        (16, true) => u16::from_le_bytes(fixed(bytes)?).into(),
        (24 | 32, false) => i32::from_le_bytes(fixed(bytes)?).into(),
        (24 | 32, true) => u32::from_le_bytes(fixed(bytes)?).into(),
        (_, false) => i64::from_le_bytes(fixed(bytes)?),
        (_, true) => i64::try_from(u64::from_le_bytes(fixed(bytes)?))
            .map_err(|_| DecodeError::invalid("a bigint", "it is out of range"))?,
    })
}

fn bits(bytes: &[u8]) -> Result<i64, DecodeError> {
    let mut padded = [0; 8];
    let tail = 8usize.checked_sub(bytes.len()).and_then(|start| padded.get_mut(start..));
    tail.ok_or(DecodeError::Missing)?.copy_from_slice(bytes);
    i64::try_from(u64::from_be_bytes(padded)).map_err(|_| DecodeError::invalid("a bigint", "it is out of range"))
}

/// An integer as a decimal.
fn whole(text: &[u8]) -> Result<i64, DecodeError> {
    let number = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
    number.ok_or_else(|| DecodeError::invalid("an integer", "it has digits behind the point, or is out of range"))
}

fn real(text: &[u8]) -> Result<f64, DecodeError> {
    let number = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
    number.ok_or_else(|| DecodeError::invalid("a double", "it is not a number"))
}

/// The bytes of a date or time, from left to right. The server leaves zeros at the end away.
struct Bytes<'r>(&'r [u8]);

impl Bytes<'_> {
    /// Behind a byte that says how many there are.
    fn prefixed(bytes: &[u8]) -> Result<Bytes<'_>, DecodeError> {
        match bytes.split_first() {
            Some((length, rest)) if usize::from(*length) == rest.len() => Ok(Bytes(rest)),
            _ => Err(DecodeError::Missing),
        }
    }

    fn next<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        if self.0.is_empty() {
            return Ok([0; N]);
        }
        let (head, rest) = self.0.split_first_chunk().ok_or(DecodeError::Missing)?;
        self.0 = rest;
        Ok(*head)
    }

    /// Hours, minutes, seconds and microseconds.
    fn time(&mut self, expected: &'static str) -> Result<NaiveTime, DecodeError> {
        let [hour, minute, second] = self.next()?.map(u32::from);
        let micros = u32::from_le_bytes(self.next()?);
        NaiveTime::from_hms_micro_opt(hour, minute, second, micros)
            .filter(|_| micros < 1_000_000)
            .ok_or_else(|| DecodeError::invalid(expected, "it is out of range"))
    }
}

fn date(bytes: &mut Bytes<'_>) -> Result<NaiveDate, DecodeError> {
    let year = u16::from_le_bytes(bytes.next()?);
    let [month, day] = bytes.next()?.map(u32::from);
    NaiveDate::from_ymd_opt(year.into(), month, day)
        .ok_or_else(|| DecodeError::invalid("a date", "it is a zero date, or no date of the calendar"))
}

fn date_time(bytes: &[u8]) -> Result<NaiveDateTime, DecodeError> {
    let mut bytes = Bytes::prefixed(bytes)?;
    Ok(date(&mut bytes)?.and_time(bytes.time("a timestamp")?))
}

/// A sign and days stand before the time: a TIME may be a duration.
fn time(bytes: &[u8]) -> Result<NaiveTime, DecodeError> {
    let mut bytes = Bytes::prefixed(bytes)?;
    let [negative] = bytes.next()?;
    let days = u32::from_le_bytes(bytes.next()?);
    let time = bytes.time("a time")?;
    match (negative, days) {
        (0, 0) => Ok(time),
        _ => Err(DecodeError::invalid("a time", "it is no time of day: negative, or longer than one")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_as_long_as_they_need_to_be() {
        let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        let at = |bytes: &[u8]| date_time(bytes);
        assert_eq!(at(&[4, 0xe8, 7, 2, 29]).unwrap(), day.and_time(NaiveTime::MIN));
        assert_eq!(at(&[7, 0xe8, 7, 2, 29, 1, 2, 3]).unwrap(), day.and_hms_opt(1, 2, 3).unwrap());
        let micros = at(&[11, 0xe8, 7, 2, 29, 23, 59, 59, 0x3f, 0x42, 0x0f, 0]).unwrap();
        assert_eq!(micros, day.and_hms_micro_opt(23, 59, 59, 999_999).unwrap());
        assert_eq!(time(&[0]).unwrap(), NaiveTime::MIN);
        assert_eq!(time(&[8, 0, 0, 0, 0, 0, 4, 5, 6]).unwrap(), NaiveTime::from_hms_opt(4, 5, 6).unwrap());
        for bad in [&[] as &[u8], &[0], &[4, 0xe8, 7, 2, 30], &[4, 0, 0, 0, 0], &[5, 0xe8, 7, 2, 29, 1], &[7, 1, 1]] {
            assert!(at(bad).is_err(), "{bad:?}");
        }
        for bad in
            [&[] as &[u8], &[8, 1, 0, 0, 0, 0, 4, 5, 6], &[8, 0, 1, 0, 0, 0, 4, 5, 6], &[8, 0, 0, 0, 0, 0, 24, 0, 0]]
        {
            assert!(time(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn numbers_keep_their_sign() {
        assert_eq!(integer(8, false, &[0xff]), Ok(-1));
        assert_eq!(integer(8, true, &[0xff]), Ok(255));
        assert_eq!(integer(32, true, &[0xff; 4]), Ok(u32::MAX.into()));
        assert_eq!(integer(64, false, &[0xff; 8]), Ok(-1));
        assert!(integer(64, true, &[0xff; 8]).is_err());
        assert!(integer(64, true, &[0xff; 7]).is_err());
        assert_eq!((bits(&[1]), bits(&[]), bits(&[1, 0])), (Ok(1), Ok(0), Ok(256)));
        assert!(bits(&[0xff; 8]).is_err() && bits(&[0; 9]).is_err());
    }
}
