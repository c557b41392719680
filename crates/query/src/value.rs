//! Run-time values: what an argument of a statement carries to the driver.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::ops::Bound;
use uuid::Uuid;

/// A value on its way to the database.
///
/// Its SQL type stands beside it in [`ir::Argument`](crate::ir::Argument): a NULL is typed, too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Value {
    /// SQL NULL.
    Null,
    /// A boolean.
    Bool(bool),
    /// A 16-bit integer.
    I16(i16),
    /// A 32-bit integer.
    I32(i32),
    /// A 64-bit integer.
    I64(i64),
    /// A 32-bit floating-point number.
    F32(f32),
    /// A 64-bit floating-point number.
    F64(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A point in time.
    Timestamp(DateTime<Utc>),
    /// A date and a time of day, without a zone.
    DateTime(NaiveDateTime),
    /// A calendar date.
    Date(NaiveDate),
    /// A time of day.
    Time(NaiveTime),
    /// A UUID.
    Uuid(Uuid),
    /// An exact decimal number.
    Decimal(Decimal),
    /// A JSON document, already serialised.
    Json(String),
    /// An array; its elements are of one type.
    Array(Vec<Value>),
    /// A range by its bounds; `None` is the empty one.
    Range(Option<(Bound<Box<Value>>, Bound<Box<Value>>)>),
    /// A value of a type of the user's, in PostgreSQL's binary format.
    Binary(Vec<u8>),
    /// A Rust value that has no SQL value, with the reason: the statement is refused before anything is sent.
    Invalid(String),
}

impl Value {
    /// How many bytes it has, for those that have as many as they like; what is small has at most 16.
    #[inline]
    pub fn size(&self) -> usize {
        match self {
            Value::Text(text) | Value::Json(text) => text.len(),
            Value::Bytes(bytes) | Value::Binary(bytes) => bytes.len(),
            Value::Array(values) => values.iter().map(Value::size).sum(),
            Value::Decimal(_) => 32,
            _ => 16,
        }
    }

    /// Why it cannot be sent, if it cannot.
    pub(crate) fn unsendable(&self) -> Option<&str> {
        match self {
            Value::Invalid(why) => Some(why),
            Value::Array(values) => values.iter().find_map(Value::unsendable),
            _ => None,
        }
    }

    /// Whether this is SQL NULL.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}
