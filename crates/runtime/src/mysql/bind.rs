//! Binding: values in the protocol's binary format, each declared as the type of its kind.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use relvar_query::ir::Bound;
use relvar_query::types::{Kind, Type};
use relvar_query::value::Value;
use rust_decimal::Decimal;
use sqlx::Arguments;
use sqlx::encode::{Encode, IsNull};
use sqlx::error::BoxDynError;
use sqlx::mysql::{MySql, MySqlArguments, MySqlTypeInfo};

use super::types::spelled;
use super::variant::Variant;
use crate::error::{Error, ErrorKind, Result};
use crate::server::error::refused;
use crate::server::value::{mismatch, refuse_many};

/// How many arguments a statement can have: the protocol counts them in 16 bits.
const MAX_ARGUMENTS: usize = u16::MAX as usize;

/// Encodes all arguments, or none.
///
/// # Errors
/// `Value` for what the database cannot take or would refuse for its length; `Unsupported` for types it has not.
pub(super) fn bind(arguments: &[Bound<'_>], variant: &Variant, max_packet: usize) -> Result<MySqlArguments> {
    refuse_many(arguments.len(), MAX_ARGUMENTS)?;
    let mut bound = MySqlArguments::default();
    bound.reserve(arguments.len(), arguments.len() * 16);
    let mut length = HEADER;
    for (i, argument) in arguments.iter().enumerate() {
        let declared = declared(argument, variant)?;
        let size = match argument {
            Bound::Value(value, _) => value.size(),
            Bound::Text(text, _) => text.len(),
            Bound::Array(..) | Bound::Texts(..) => return Err(no_arrays(variant)),
        };
        length = length.saturating_add(size + BESIDE);
        let parameter = Parameter { argument, declared, variant };
        bound.add(parameter).map_err(|why| refused(format!("argument {}: {why}", i + 1)))?;
    }
    if length > max_packet {
        return Err(refused(format!("the values are {length} bytes long, and the server takes {max_packet} at once")));
    }
    Ok(bound)
}

/// What an argument is declared as.
///
/// # Errors
/// `Unsupported` for types that there are not.
pub(super) fn declared(argument: &Bound<'_>, variant: &Variant) -> Result<MySqlTypeInfo> {
    let (Bound::Value(_, ty @ Type { array: false, .. }) | Bound::Text(_, ty)) = argument else {
        return Err(no_arrays(variant));
    };
    info(ty.kind, variant).ok_or_else(|| {
        let what = format!("{} has no {}", variant.engine.name(), spelled(ty, variant));
        Error::new(ErrorKind::Unsupported(what))
    })
}

fn no_arrays(variant: &Variant) -> Error {
    Error::new(ErrorKind::Unsupported(format!("{} has no arrays", variant.engine.name())))
}

/// The bytes before the arguments of a request.
const HEADER: usize = 16;

/// How many bytes a value has in a request at most beside itself: its length, and its type.
/// See [COM_STMT_EXECUTE](https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_execute.html).
const BESIDE: usize = 12;

/// What values of a kind are declared as; nothing where there is no such type.
fn info(kind: Kind, variant: &Variant) -> Option<MySqlTypeInfo> {
    Some(match kind {
        Kind::Bool => <i8 as sqlx::Type<MySql>>::type_info(),
        Kind::I16 => <i16 as sqlx::Type<MySql>>::type_info(),
        Kind::I32 => <i32 as sqlx::Type<MySql>>::type_info(),
        Kind::I64 => <i64 as sqlx::Type<MySql>>::type_info(),
        Kind::F32 => <f32 as sqlx::Type<MySql>>::type_info(),
        Kind::F64 => <f64 as sqlx::Type<MySql>>::type_info(),
        // a document that came as bytes would be refused
        Kind::Text | Kind::Enum | Kind::Json => <str as sqlx::Type<MySql>>::type_info(),
        Kind::Uuid if variant.uuid_type => <str as sqlx::Type<MySql>>::type_info(),
        Kind::Bytes | Kind::Uuid => <[u8] as sqlx::Type<MySql>>::type_info(),
        // what is compared with a decimal as text is compared as floating-point numbers
        Kind::Decimal | Kind::Lossy => <Decimal as sqlx::Type<MySql>>::type_info(),
        Kind::Timestamp | Kind::DateTime => <NaiveDateTime as sqlx::Type<MySql>>::type_info(),
        Kind::Date => <NaiveDate as sqlx::Type<MySql>>::type_info(),
        Kind::Time => <NaiveTime as sqlx::Type<MySql>>::type_info(),
        _ => return None,
    })
}

/// One argument on its way into the driver's buffer.
struct Parameter<'a> {
    argument: &'a Bound<'a>,
    declared: MySqlTypeInfo,
    variant: &'a Variant,
}

impl sqlx::Type<MySql> for Parameter<'_> {
    fn type_info() -> MySqlTypeInfo {
        // never asked for: `produces` below knows the type of each argument
        <str as sqlx::Type<MySql>>::type_info()
    }
}

impl<'q> Encode<'q, MySql> for Parameter<'_> {
    fn produces(&self) -> Option<MySqlTypeInfo> {
        Some(self.declared.clone())
    }

    fn encode_by_ref(&self, out: &mut Vec<u8>) -> Result<IsNull, BoxDynError> {
        let (value, ty) = match self.argument {
            Bound::Value(value, ty) => (*value, *ty),
            Bound::Text(text, _) => {
                prefixed(text.as_bytes(), out);
                return Ok(IsNull::No);
            }
            Bound::Array(..) | Bound::Texts(..) => return Err("an array".into()),
        };
        match (ty.kind, value) {
            (_, Value::Null) => return Ok(IsNull::Yes),
            (_, Value::Invalid(why)) => return Err(why.as_str().into()),
            (Kind::Bool, Value::Bool(v)) => out.push(u8::from(*v)),
            (Kind::I16, Value::I16(v)) => out.extend(v.to_le_bytes()),
            (Kind::I32, Value::I32(v)) => out.extend(v.to_le_bytes()),
            (Kind::I64, Value::I64(v)) => out.extend(v.to_le_bytes()),
            (Kind::F32, Value::F32(v)) if v.is_finite() => out.extend(v.to_le_bytes()),
            (Kind::F64, Value::F64(v)) if v.is_finite() => out.extend(v.to_le_bytes()),
            (Kind::F32, Value::F32(_)) | (Kind::F64, Value::F64(_)) => {
                return Err(format!("{} has no NaN and no infinity", self.variant.engine.name()).into());
            }
            (Kind::Text | Kind::Enum, Value::Text(v)) | (Kind::Json, Value::Json(v)) => prefixed(v.as_bytes(), out),
            (Kind::Bytes, Value::Bytes(v)) => prefixed(v, out),
            (Kind::Uuid, Value::Uuid(v)) if self.variant.uuid_type => {
                prefixed(v.hyphenated().encode_lower(&mut [0; 36]).as_bytes(), out);
            }
            (Kind::Uuid, Value::Uuid(v)) => prefixed(v.as_bytes(), out),
            (Kind::Decimal | Kind::Lossy, Value::Decimal(v)) => prefixed(v.to_string().as_bytes(), out),
            (Kind::Timestamp, Value::Timestamp(v)) => self.date_time(DateTime::<Utc>::naive_utc(v), out)?,
            (Kind::DateTime, Value::DateTime(v)) => self.date_time(*v, out)?,
            (Kind::Date, Value::Date(v)) => {
                out.push(4);
                self.date(*v, out)?;
            }
            (Kind::Time, Value::Time(v)) => {
                // not negative, no days
                out.extend([12, 0, 0, 0, 0, 0]);
                time(*v, out);
            }
            (_, value) => return Err(mismatch(value, &spelled(ty, self.variant)).into()),
        }
        Ok(IsNull::No)
    }
}

impl Parameter<'_> {
    fn date_time(&self, t: NaiveDateTime, out: &mut Vec<u8>) -> Result<(), String> {
        out.push(11);
        self.date(t.date(), out)?;
        time(t.time(), out);
        Ok(())
    }

    fn date(&self, date: NaiveDate, out: &mut Vec<u8>) -> Result<(), String> {
        let year = u16::try_from(date.year()).ok().filter(|year| (FIRST_YEAR..=9999).contains(year));
        let year = year.ok_or_else(|| format!("dates of {} are of the years 1 to 9999", self.variant.engine.name()))?;
        out.extend(year.to_le_bytes());
        out.extend([date.month() as u8, date.day() as u8]);
        Ok(())
    }
}

/// Functions on dates take the year 0 for none.
const FIRST_YEAR: u16 = 1;

/// Below a microsecond is cut off, and a leap second is the end of its minute, as on other databases.
fn time(t: NaiveTime, out: &mut Vec<u8>) {
    out.extend([t.hour() as u8, t.minute() as u8, t.second() as u8]);
    out.extend((t.nanosecond() / 1_000).min(999_999).to_le_bytes());
}

/// Bytes behind their length, which takes one byte, or a byte that says how many more.
fn prefixed(bytes: &[u8], out: &mut Vec<u8>) {
    let length = bytes.len() as u64;
    let digits = length.to_le_bytes();
    match length {
        0..=250 => out.push(digits[0]),
        251..=0xffff => {
            out.push(0xfc);
            out.extend(&digits[..2]);
        }
        0x1_0000..=0xff_ffff => {
            out.push(0xfd);
            out.extend(&digits[..3]);
        }
        _ => {
            out.push(0xfe);
            out.extend(digits);
        }
    }
    out.extend(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_as_short_as_they_can_be() {
        for (length, prefix) in [
            (0, vec![0]),
            (250, vec![250]),
            (251, vec![0xfc, 251, 0]),
            (0xffff, vec![0xfc, 0xff, 0xff]),
            (0x1_0000, vec![0xfd, 0, 0, 1]),
            (0x100_0000, vec![0xfe, 0, 0, 0, 1, 0, 0, 0, 0]),
        ] {
            let mut out = Vec::new();
            prefixed(&vec![7; length], &mut out);
            assert_eq!(out.len(), prefix.len() + length);
            assert_eq!(out[..prefix.len()], prefix);
        }
    }
}
