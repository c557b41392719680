//! Binding: values in PostgreSQL's binary format, each declared as the type of its kind.

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use relvar_query::ir::{Bound, Texts};
use relvar_query::types::range::flag;
use relvar_query::types::{Kind, Type, time};
use relvar_query::value::Value;
use rust_decimal::Decimal;
use sqlx::encode::{Encode, IsNull};
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgTypeInfo};
use sqlx::{Arguments, Postgres};
use std::ops::Bound as End;

use super::kinds::{CustomTypes, numbers};
use crate::error::Result;
use crate::server::error::refused;
use crate::server::value::refuse_many;

/// How many arguments a statement can have: the protocol counts them in 16 bits.
pub(super) const MAX_ARGUMENTS: usize = u16::MAX as usize;

/// The number of the type that an argument is declared as.
pub(super) fn declared(bound: &Bound<'_>, custom: &CustomTypes) -> Result<u32> {
    let (ty, array) = match bound {
        Bound::Value(_, ty) | Bound::Text(_, ty) => (ty, ty.array),
        Bound::Array(_, element) | Bound::Texts(_, element) => (element, true),
    };
    let numbers = numbers(ty, custom).map_err(refused)?;
    Ok(if array { numbers.array } else { numbers.oid })
}

/// Encodes all arguments, or none.
pub(super) fn bind(arguments: &[Bound<'_>], custom: &CustomTypes) -> Result<PgArguments> {
    refuse_many(arguments.len(), MAX_ARGUMENTS)?;
    let mut bound = PgArguments::default();
    bound.reserve(arguments.len(), arguments.len() * 16);
    for (i, argument) in arguments.iter().enumerate() {
        let parameter = Parameter { argument, declared: declared(argument, custom)?, custom };
        bound.add(parameter).map_err(|why| refused(format!("argument {}: {why}", i + 1)))?;
    }
    Ok(bound)
}

/// One argument on its way into the driver's buffer.
struct Parameter<'a> {
    argument: &'a Bound<'a>,
    declared: u32,
    custom: &'a CustomTypes,
}

impl sqlx::Type<Postgres> for Parameter<'_> {
    fn type_info() -> PgTypeInfo {
        // never asked for: `produces` below knows the type of each argument
        PgTypeInfo::with_oid(Oid(0))
    }
}

impl<'q> Encode<'q, Postgres> for Parameter<'_> {
    fn produces(&self) -> Option<PgTypeInfo> {
        Some(PgTypeInfo::with_oid(Oid(self.declared)))
    }

    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        match self.argument {
            Bound::Value(Value::Null, _) => return Ok(IsNull::Yes),
            Bound::Value(Value::Array(values), ty) if ty.array => array(values, ty, self.custom, buffer)?,
            Bound::Array(values, element) => array(values, element, self.custom, buffer)?,
            Bound::Texts(values, element) => texts(values, element, self.custom, buffer)?,
            Bound::Text(value, _) => text(value, buffer)?,
            Bound::Value(value, ty) if !ty.array => scalar(value, ty.kind, buffer)?,
            Bound::Value(value, ty) => return Err(mismatch(value, ty.kind, true).into()),
        }
        Ok(IsNull::No)
    }
}

/// An array up to its elements: dimensions, a NULL flag, the element type, how many from which index. Each of them follows
/// behind its length.
fn array_head(count: usize, nulls: bool, oid: u32, out: &mut Vec<u8>) -> Result<(), String> {
    out.extend(i32::from(count > 0).to_be_bytes());
    out.extend(i32::from(nulls).to_be_bytes());
    out.extend(oid.to_be_bytes());
    if count > 0 {
        out.extend(length(count)?.to_be_bytes());
        out.extend(1i32.to_be_bytes());
    }
    Ok(())
}

/// An array of texts.
fn texts(texts: &Texts, element: &Type, custom: &CustomTypes, out: &mut Vec<u8>) -> Result<(), String> {
    without_nul(texts.joined())?;
    array_head(texts.len(), texts.has_null(), numbers(element, custom)?.oid, out)?;
    out.reserve(texts.joined().len() + 4 * texts.len());
    for text in texts.iter() {
        match text {
            Some(text) => {
                out.extend(length(text.len())?.to_be_bytes());
                out.extend(text.as_bytes());
            }
            None => out.extend(NULL),
        }
    }
    Ok(())
}

/// The length that stands for NULL.
const NULL: [u8; 4] = (-1i32).to_be_bytes();

/// An array of any values.
fn array(values: &[Value], element: &Type, custom: &CustomTypes, out: &mut Vec<u8>) -> Result<(), String> {
    array_head(values.len(), values.iter().any(Value::is_null), numbers(element, custom)?.oid, out)?;
    out.reserve(values.len() * 8);
    // the loop is compiled anew for the kinds that are most frequent, so that it does not ask for each element
    match element.kind {
        Kind::Bool => elements(values, Kind::Bool, out),
        Kind::I32 => elements(values, Kind::I32, out),
        Kind::I64 => elements(values, Kind::I64, out),
        Kind::F64 => elements(values, Kind::F64, out),
        Kind::Text => elements(values, Kind::Text, out),
        Kind::Timestamp => elements(values, Kind::Timestamp, out),
        Kind::Uuid => elements(values, Kind::Uuid, out),
        kind => elements(values, kind, out),
    }
}

#[inline(always)]
fn elements(values: &[Value], kind: Kind, out: &mut Vec<u8>) -> Result<(), String> {
    for value in values {
        match value {
            Value::Null => out.extend(NULL),
            value => prefixed(value, kind, out)?,
        }
    }
    Ok(())
}

/// A range: flags, then each bound that there is by its length and value.
fn range(bounds: Option<&(End<Box<Value>>, End<Box<Value>>)>, out: &mut Vec<u8>) -> Result<(), String> {
    let Some((lower, upper)) = bounds else {
        out.push(flag::EMPTY);
        return Ok(());
    };
    let flags = |bound: &End<Box<Value>>, none, included| match bound {
        End::Unbounded => none,
        End::Included(_) => included,
        End::Excluded(_) => 0,
    };
    out.push(flags(lower, flag::NO_LOWER, flag::LOWER_INCLUDED) | flags(upper, flag::NO_UPPER, flag::UPPER_INCLUDED));
    for bound in [lower, upper] {
        if let End::Included(value) | End::Excluded(value) = bound {
            prefixed(value, bound_kind(value), out)?;
        }
    }
    Ok(())
}

/// The kind of a range's bounds.
fn bound_kind(value: &Value) -> Kind {
    match value {
        Value::I32(_) => Kind::I32,
        Value::I64(_) => Kind::I64,
        Value::Decimal(_) => Kind::Decimal,
        Value::Date(_) => Kind::Date,
        Value::DateTime(_) => Kind::DateTime,
        _ => Kind::Timestamp,
    }
}

/// A value behind its length.
#[inline(always)]
fn prefixed(value: &Value, kind: Kind, out: &mut Vec<u8>) -> Result<(), String> {
    match (kind, value) {
        // the most frequent that are always of one length, in one step
        (Kind::Bool, Value::Bool(v)) => fixed([u8::from(*v)], out),
        (Kind::I32, Value::I32(v)) => fixed(v.to_be_bytes(), out),
        (Kind::I64, Value::I64(v)) => fixed(v.to_be_bytes(), out),
        _ => {
            let at = out.len();
            out.extend([0; 4]);
            scalar(value, kind, out)?;
            let written = length(out.len() - at - 4)?;
            if let Some(prefix) = out.get_mut(at..at + 4) {
                prefix.copy_from_slice(&written.to_be_bytes());
            }
        }
    }
    Ok(())
}

#[inline(always)]
fn fixed<const N: usize>(bytes: [u8; N], out: &mut Vec<u8>) {
    out.extend((N as i32).to_be_bytes());
    out.extend(bytes);
}

fn length(length: usize) -> Result<i32, String> {
    i32::try_from(length).map_err(|_| "it is longer than 2 GiB".to_owned())
}

/// A single value that is not NULL.
#[inline(always)]
fn scalar(value: &Value, kind: Kind, out: &mut Vec<u8>) -> Result<(), String> {
    match (kind, value) {
        (_, Value::Invalid(why)) => return Err(why.clone()),
        (Kind::Bool, Value::Bool(v)) => out.push(u8::from(*v)),
        (Kind::I16, Value::I16(v)) => out.extend(v.to_be_bytes()),
        (Kind::I32, Value::I32(v)) => out.extend(v.to_be_bytes()),
        (Kind::I64, Value::I64(v)) => out.extend(v.to_be_bytes()),
        (Kind::F32, Value::F32(v)) => out.extend(v.to_be_bytes()),
        (Kind::F64, Value::F64(v)) => out.extend(v.to_be_bytes()),
        (Kind::Text | Kind::Enum, Value::Text(v)) => text(v, out)?,
        (Kind::Bytes, Value::Bytes(v)) | (Kind::Custom, Value::Binary(v)) => out.extend(v),
        (Kind::Custom, Value::Range(bounds)) => range(bounds.as_ref(), out)?,
        (Kind::Timestamp, Value::Timestamp(v)) => out.extend(micros(v.naive_utc())?.to_be_bytes()),
        (Kind::DateTime, Value::DateTime(v)) => out.extend(micros(*v)?.to_be_bytes()),
        (Kind::Date, Value::Date(v)) => out.extend(days(*v)?.to_be_bytes()),
        (Kind::Time, Value::Time(v)) => {
            // a leap second is the end of its minute, as on other databases
            let micros = (v.nanosecond() / 1_000).min(999_999);
            out.extend((i64::from(v.num_seconds_from_midnight()) * 1_000_000 + i64::from(micros)).to_be_bytes());
        }
        (Kind::Uuid, Value::Uuid(v)) => out.extend(v.as_bytes()),
        (Kind::Decimal | Kind::Lossy, Value::Decimal(v)) => numeric(v, out),
        (Kind::Json, Value::Json(v)) => {
            if has_nul(v) {
                return Err("PostgreSQL's JSON documents cannot hold a NUL character".to_owned());
            }
            // the version of the format
            out.push(1);
            text(v, out)?;
        }
        (_, value) => return Err(mismatch(value, kind, false)),
    }
    Ok(())
}

#[inline]
fn text(text: &str, out: &mut Vec<u8>) -> Result<(), String> {
    without_nul(text)?;
    out.extend(text.as_bytes());
    Ok(())
}

#[inline]
fn without_nul(text: &str) -> Result<(), String> {
    match text.as_bytes().contains(&0) {
        true => Err("PostgreSQL's text cannot hold a NUL character".to_owned()),
        false => Ok(()),
    }
}

/// Whether there is a NUL in a key or a string of a document: `\u0000`, behind a backslash that is not itself behind one.
fn has_nul(document: &str) -> bool {
    let mut rest = document;
    while let Some((_, escaped)) = rest.split_once('\\') {
        if escaped.starts_with("u0000") {
            return true;
        }
        let mut escaped = escaped.chars();
        escaped.next();
        rest = escaped.as_str();
    }
    false
}

/// The first moment that a timestamp can be: Julian day 0.
const FIRST_MICROS: i64 = FIRST_DAY as i64 * 86_400_000_000;
const FIRST_DAY: i32 = -2_451_545;

fn micros(t: NaiveDateTime) -> Result<i64, String> {
    let micros = time::postgres_micros(t).filter(|micros| *micros >= FIRST_MICROS);
    micros.ok_or_else(|| "PostgreSQL's timestamps begin in the year 4714 BC".to_owned())
}

fn days(date: NaiveDate) -> Result<i32, String> {
    let epoch = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    let days = i32::try_from(date.signed_duration_since(epoch).num_days()).ok().filter(|days| *days >= FIRST_DAY);
    days.ok_or_else(|| "PostgreSQL's dates begin in the year 4714 BC".to_owned())
}

/// `numeric`: how many digits in base 10 000, the weight of the first, sign, display scale, the digits.
fn numeric(decimal: &Decimal, out: &mut Vec<u8>) {
    let scale = decimal.scale();
    let fraction = scale.div_ceil(4);
    // at most 29 digits and 3 zeros that fill up the last group of four
    let mut rest = decimal.mantissa().unsigned_abs() * 10u128.pow(fraction * 4 - scale);
    let mut digits: Vec<u16> = Vec::with_capacity(8);
    let mut count = 0i32;
    while rest > 0 {
        let digit = (rest % 10_000) as u16;
        if digit != 0 || !digits.is_empty() {
            digits.push(digit);
        }
        count += 1;
        rest /= 10_000;
    }
    let weight = if count == 0 { 0 } else { count - 1 - fraction as i32 };
    let sign: u16 = if decimal.is_sign_negative() && count > 0 { 0x4000 } else { 0 };
    for word in [digits.len() as u16, weight as u16, sign, scale as u16] {
        out.extend(word.to_be_bytes());
    }
    for digit in digits.iter().rev() {
        out.extend(digit.to_be_bytes());
    }
}

#[cold]
fn mismatch(value: &Value, kind: Kind, array: bool) -> String {
    crate::server::value::mismatch(value, &super::kinds::spelled(&Type { kind, array, name: None }))
}
