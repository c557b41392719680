//! Values on their way into a statement: the storage class and the form of each.

use relvar_query::ir::Bound;
use relvar_query::types::Kind;
use relvar_query::types::time::{date_text, date_time_text, time_text};
use relvar_query::value::Value;
use rusqlite::types::{ToSqlOutput, Value as Stored, ValueRef};
use rust_decimal::Decimal;

use crate::error::{Error, ErrorKind, Result};

/// What `bound` is stored as, borrowed where its form is the same.
pub(super) fn borrowed<'v>(bound: &Bound<'v>) -> Result<ToSqlOutput<'v>> {
    let value = match bound {
        Bound::Value(Value::Decimal(d), ty) if ty.kind == Kind::Lossy => return nearest(*d).map(ToSqlOutput::Borrowed),
        Bound::Value(value, _) => *value,
        Bound::Text(text, _) => return Ok(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))),
        Bound::Array(..) | Bound::Texts(..) => return Err(no_arrays()),
    };
    let stored = match value {
        Value::Null => ValueRef::Null,
        Value::Bool(b) => ValueRef::Integer(i64::from(*b)),
        Value::I16(i) => ValueRef::Integer(i64::from(*i)),
        Value::I32(i) => ValueRef::Integer(i64::from(*i)),
        Value::I64(i) => ValueRef::Integer(*i),
        Value::F32(f) => real(f64::from(*f))?,
        Value::F64(f) => real(*f)?,
        Value::Text(text) | Value::Json(text) => ValueRef::Text(text.as_bytes()),
        Value::Bytes(bytes) => ValueRef::Blob(bytes),
        Value::Uuid(uuid) => ValueRef::Blob(uuid.as_bytes()),
        // equal numbers must be equal texts, or `=`, IN, UNIQUE and GROUP BY tell 1.5 from 1.50
        Value::Decimal(d) => return Ok(text(d.normalize().to_string())),
        Value::Timestamp(t) => return date_time_text(t.naive_utc()).map(text).ok_or_else(no_such_year),
        Value::DateTime(t) => return date_time_text(*t).map(text).ok_or_else(no_such_year),
        Value::Date(d) => return date_text(*d).map(text).ok_or_else(no_such_year),
        Value::Time(t) => return Ok(text(time_text(*t))),
        Value::Invalid(why) => return Err(refused(why.clone())),
        Value::Array(_) => return Err(no_arrays()),
        Value::Binary(_) => return Err(unsupported("a value in PostgreSQL's binary format cannot be sent to SQLite")),
        _ => return Err(unsupported("SQLite has no form for this kind of value")),
    };
    Ok(ToSqlOutput::Borrowed(stored))
}

/// What `bound` is stored as, for a thread that outlives the borrow.
pub(super) fn owned(bound: &Bound<'_>) -> Result<Stored> {
    Ok(match borrowed(bound)? {
        ToSqlOutput::Borrowed(ValueRef::Null) => Stored::Null,
        ToSqlOutput::Borrowed(ValueRef::Integer(i)) => Stored::Integer(i),
        ToSqlOutput::Borrowed(ValueRef::Real(r)) => Stored::Real(r),
        ToSqlOutput::Borrowed(ValueRef::Text(text)) => Stored::Text(String::from_utf8_lossy(text).into_owned()),
        ToSqlOutput::Borrowed(ValueRef::Blob(bytes)) => Stored::Blob(bytes.to_vec()),
        ToSqlOutput::Owned(stored) => stored,
        _ => return Err(unsupported("SQLite has no form for this kind of value")),
    })
}

fn text(text: String) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Stored::Text(text))
}

/// The double nearest to a decimal.
fn nearest(d: Decimal) -> Result<ValueRef<'static>> {
    let double = d.to_string().parse().map_err(|_| refused("the decimal has no double near it".to_owned()))?;
    real(double)
}

fn real(f: f64) -> Result<ValueRef<'static>> {
    if f.is_nan() {
        return Err(refused("SQLite has no NaN; it would be stored as NULL".to_owned()));
    }
    Ok(ValueRef::Real(f))
}

fn no_such_year() -> Error {
    refused("on SQLite a date lies in the years 0 to 9999".to_owned())
}

fn no_arrays() -> Error {
    unsupported("SQLite has no arrays")
}

fn refused(why: String) -> Error {
    Error::new(ErrorKind::Value(why))
}

fn unsupported(why: &str) -> Error {
    Error::new(ErrorKind::Unsupported(why.to_owned()))
}
