//! Values and texts that cannot be sent, in words.

use relvar_query::value::Value;

use super::error::refused;
use crate::error::Result;

/// Refuses SQL text with a NUL in it, where a text may be taken to end.
///
/// # Errors
/// `Value` if there is one.
pub(crate) fn refuse_nul(sql: &str) -> Result<()> {
    match sql.as_bytes().contains(&0) {
        true => Err(refused("the SQL text holds a NUL character")),
        false => Ok(()),
    }
}

/// Refuses more arguments than a statement can have.
///
/// # Errors
/// `Value` if there are more.
pub(crate) fn refuse_many(count: usize, max: usize) -> Result<()> {
    match count > max {
        true => Err(refused(format!("the statement binds {count} values, at most {max} can be"))),
        false => Ok(()),
    }
}

/// That a value is not of the type it was to be sent as.
pub(crate) fn mismatch(value: &Value, sql_type: &str) -> String {
    let found = match value {
        Value::Null => "NULL",
        Value::Bool(_) => "a boolean",
        Value::I16(_) | Value::I32(_) | Value::I64(_) => "an integer of another width",
        Value::F32(_) | Value::F64(_) => "a floating-point number",
        Value::Text(_) => "text",
        Value::Bytes(_) => "bytes",
        Value::Timestamp(_) | Value::DateTime(_) => "a timestamp",
        Value::Date(_) => "a date",
        Value::Time(_) => "a time",
        Value::Uuid(_) => "a UUID",
        Value::Decimal(_) => "a decimal",
        Value::Json(_) => "JSON",
        Value::Array(_) => "an array",
        _ => "a value of another type",
    };
    format!("{found} cannot be sent as {sql_type}")
}
