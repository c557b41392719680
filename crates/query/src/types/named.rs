//! Rows whose columns are chosen at run time: values by name, read by the types that the columns have.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;
use std::ops::Bound;
use std::sync::Arc;
use uuid::Uuid;

use super::{Cell, DecodeError, Json, Kind, Lossy, RowReader, SqlType, Type};
use crate::value::Value;

/// A column of a row that is chosen at run time.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedCell {
    /// Its name.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub ty: &'static Type,
}

/// A row of named values, in the order in which they were chosen:
/// [`Named::select`](crate::source::Named::select) makes a query for such rows.
///
/// It serialises as a map: numbers, texts, booleans and JSON documents as they are; decimals, dates, times and UUIDs as
/// text; bytes as hexadecimal digits.
#[derive(Clone, PartialEq)]
pub struct NamedRow {
    cells: Arc<[NamedCell]>,
    values: Vec<Value>,
}

impl NamedRow {
    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.cells.iter().map(|cell| &*cell.name).zip(&self.values)
    }

    /// The values by themselves, in order.
    pub fn into_values(self) -> Vec<Value> {
        self.values
    }

    pub(crate) fn read(cells: &mut RowReader<'_>) -> Result<NamedRow, DecodeError> {
        let named = cells.named().cloned().unwrap_or_default();
        let values: Result<Vec<Value>, _> = named.iter().map(|cell| cells.read_value(cell.ty)).collect();
        Ok(NamedRow { values: values?, cells: named })
    }
}

impl std::fmt::Debug for NamedRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for NamedRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, &json(value))?;
        }
        map.end()
    }
}

/// A value as JSON.
fn json(value: &Value) -> serde_json::Value {
    use serde_json::Value as Of;
    match value {
        Value::Null | Value::Invalid(_) => Of::Null,
        Value::Bool(b) => Of::Bool(*b),
        Value::I16(i) => Of::from(*i),
        Value::I32(i) => Of::from(*i),
        Value::I64(i) => Of::from(*i),
        Value::F32(f) => Of::from(*f),
        Value::F64(f) => Of::from(*f),
        Value::Text(text) => Of::from(text.as_str()),
        Value::Bytes(bytes) | Value::Binary(bytes) => {
            Of::from(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        }
        Value::Timestamp(t) => Of::from(t.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        Value::DateTime(t) => Of::from(t.format("%Y-%m-%dT%H:%M:%S%.f").to_string()),
        Value::Date(d) => Of::from(d.to_string()),
        Value::Time(t) => Of::from(t.to_string()),
        Value::Uuid(u) => Of::from(u.to_string()),
        Value::Decimal(d) => Of::from(d.to_string()),
        Value::Json(text) => serde_json::from_str(text).unwrap_or_else(|_| Of::from(text.as_str())),
        Value::Array(values) => Of::Array(values.iter().map(json).collect()),
        Value::Range(None) => serde_json::json!({ "empty": true }),
        Value::Range(Some((lower, upper))) => serde_json::json!({ "lower": end(lower), "upper": end(upper) }),
    }
}

/// An end of a range, and whether it belongs to it; null where there is none.
fn end(bound: &Bound<Box<Value>>) -> serde_json::Value {
    match bound {
        Bound::Included(value) => serde_json::json!({ "included": json(value) }),
        Bound::Excluded(value) => serde_json::json!({ "excluded": json(value) }),
        Bound::Unbounded => serde_json::Value::Null,
    }
}

/// The Rust type of each kind that has one, as `$then!(type)`.
macro_rules! by_kind {
    ($kind:expr, $then:ident, $else:expr) => {
        match $kind {
            Kind::Bool => $then!(bool),
            Kind::I16 => $then!(i16),
            Kind::I32 => $then!(i32),
            Kind::I64 => $then!(i64),
            Kind::F32 => $then!(f32),
            Kind::F64 => $then!(f64),
            Kind::Text | Kind::Enum => $then!(String),
            Kind::Timestamp => $then!(DateTime<Utc>),
            Kind::DateTime => $then!(NaiveDateTime),
            Kind::Date => $then!(NaiveDate),
            Kind::Time => $then!(NaiveTime),
            Kind::Uuid => $then!(Uuid),
            Kind::Decimal => $then!(Decimal),
            Kind::Lossy | Kind::Bytes | Kind::Json | Kind::Custom => $else,
        }
    };
}

/// What a cell of type `ty` holds.
pub(super) fn decode(ty: &Type, cell: Cell<'_>) -> Result<Value, DecodeError> {
    macro_rules! one {
        ($rust:ty) => {
            <$rust>::decode(cell).map(SqlType::into_value)
        };
    }
    macro_rules! many {
        ($rust:ty) => {
            Vec::<$rust>::decode(cell).map(SqlType::into_value)
        };
    }
    match (cell, ty.kind, ty.array) {
        (Cell::Null, _, _) => Ok(Value::Null),
        (_, kind, true) => by_kind!(kind, many, Err(DecodeError::unexpected("an array of scalars", cell))),
        (_, Kind::Lossy, _) => one!(Lossy),
        (_, Kind::Bytes, _) => one!(Vec<u8>),
        (_, Kind::Json, _) => one!(Json<serde_json::Value>),
        (Cell::Binary(bytes), Kind::Custom, _) => Ok(Value::Binary(bytes.to_vec())),
        (_, Kind::Custom, _) => one!(String),
        (_, kind, false) => by_kind!(kind, one, Err(DecodeError::unexpected("a scalar", cell))),
    }
}

/// What `text` says as a `ty`; otherwise, what it should have been. The text itself is in no error.
pub(crate) fn parse(ty: &Type, labels: &[&str], text: &str) -> Result<Value, &'static str> {
    fn number<T: std::str::FromStr + SqlType>(text: &str, expected: &'static str) -> Result<Value, &'static str> {
        text.parse::<T>().map(SqlType::into_value).map_err(|_| expected)
    }
    fn written<T: SqlType>(text: &str, expected: &'static str) -> Result<Value, &'static str> {
        T::decode(Cell::Text(text.as_bytes())).map(SqlType::into_value).map_err(|_| expected)
    }
    if ty.array {
        return Err("compared with nothing by name: it is an array");
    }
    match ty.kind {
        Kind::Bool => number::<bool>(text, "`true` or `false`"),
        Kind::I16 => number::<i16>(text, "an integer of 16 bits"),
        Kind::I32 => number::<i32>(text, "an integer of 32 bits"),
        Kind::I64 => number::<i64>(text, "an integer of 64 bits"),
        Kind::F32 => number::<f32>(text, "a number").and_then(finite),
        Kind::F64 => number::<f64>(text, "a number").and_then(finite),
        Kind::Decimal => number::<Decimal>(text, "a decimal number"),
        Kind::Lossy => text.parse().map(|number| Lossy(number).into_value()).map_err(|_| "a decimal number"),
        Kind::Text if text.contains('\0') => Err("text without a NUL character"),
        Kind::Text => Ok(Value::Text(text.to_owned())),
        Kind::Enum if labels.contains(&text) => Ok(Value::Text(text.to_owned())),
        Kind::Enum => Err("one of the labels of its enum"),
        Kind::Uuid => Uuid::try_parse(text).map(Value::Uuid).map_err(|_| "a UUID"),
        Kind::Date => written::<NaiveDate>(text, "a date, `2026-01-31`"),
        Kind::Time => written::<NaiveTime>(text, "a time, `12:30:00`"),
        Kind::DateTime => written::<NaiveDateTime>(text, "a date and time, `2026-01-31T12:30:00`"),
        Kind::Timestamp => DateTime::parse_from_rfc3339(text)
            .map(|t| Value::Timestamp(t.to_utc()))
            .map_err(|_| "a point in time, `2026-01-31T12:30:00Z`"),
        Kind::Bytes | Kind::Json | Kind::Custom => Err("compared with nothing by name: its type has no text form here"),
    }
}

fn finite(value: Value) -> Result<Value, &'static str> {
    match value {
        Value::F32(f) if !f.is_finite() => Err("a finite number"),
        Value::F64(f) if !f.is_finite() => Err("a finite number"),
        value => Ok(value),
    }
}
