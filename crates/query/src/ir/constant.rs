//! Bound values as literals, for expressions that become part of the schema.

use chrono::Datelike;

use super::argument::Content;
use super::{Argument, Constant, Node};
use crate::error::BuildError;
use crate::types::Type;
use crate::types::time::{date_text, date_time_text, time_text};
use crate::value::Value;

/// The literal that says what `argument` binds.
pub(super) fn literal(argument: Argument) -> Result<Node, BuildError> {
    let ty = argument.ty().clone();
    match argument.into_content() {
        Content::Value(value) => of_value(value, ty),
        Content::List(_) | Content::Texts(_) | Content::Slot(_) | Content::SlotList(_) | Content::Context(_) => {
            Err(BuildError::NotConstant)
        }
    }
}

/// The literal of a value.
pub(super) fn of_value(value: Value, ty: Type) -> Result<Node, BuildError> {
    let named = ty.name.is_some();
    let typed = |text: String| Constant::Typed(text.into(), ty.clone());
    let number = |digits: String| Constant::Number(digits.into(), ty.clone());
    let constant = match value {
        Value::Null => Constant::Null(ty),
        Value::Bool(b) => Constant::Bool(b),
        Value::I16(i) => number(i.to_string()),
        Value::I32(i) => number(i.to_string()),
        Value::I64(i) => number(i.to_string()),
        // the digits of the double that it is where there are only doubles; they round to it elsewhere
        Value::F32(f) if f.is_finite() => number(format!("{:e}", f64::from(f))),
        Value::F64(f) if f.is_finite() => number(format!("{f:e}")),
        Value::Decimal(d) => typed(d.to_string()),
        Value::Text(text) if named => typed(text),
        Value::Text(text) => Constant::Text(text.into()),
        // the years before 1 are written in more than one way
        Value::Timestamp(t) if t.year() > 0 => typed(date_time_text(t.naive_utc()).ok_or(BuildError::NotConstant)?),
        Value::DateTime(t) if t.year() > 0 => typed(date_time_text(t).ok_or(BuildError::NotConstant)?),
        Value::Date(d) if d.year() > 0 => typed(date_text(d).ok_or(BuildError::NotConstant)?),
        Value::Time(t) => typed(time_text(t)),
        Value::Uuid(u) => typed(u.to_string()),
        Value::Json(text) => typed(text),
        Value::Array(values) => typed(array(values)?),
        Value::Invalid(why) => return Err(BuildError::Unsendable(why)),
        _ => return Err(BuildError::NotConstant),
    };
    Ok(Node::Constant(constant))
}

/// An array's text form: every element in quotes, so that none is read as something else.
fn array(values: Vec<Value>) -> Result<String, BuildError> {
    let elements: Result<Vec<String>, BuildError> = values.into_iter().map(element).collect();
    let quoted = |text: String| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    Ok(format!("{{{}}}", elements?.into_iter().map(quoted).collect::<Vec<_>>().join(",")))
}

/// The text form of a value in an array.
fn element(value: Value) -> Result<String, BuildError> {
    Ok(match value {
        Value::Bool(b) => b.to_string(),
        Value::I16(i) => i.to_string(),
        Value::I32(i) => i.to_string(),
        Value::I64(i) => i.to_string(),
        Value::F32(f) if f.is_finite() => format!("{f:e}"),
        Value::F64(f) if f.is_finite() => format!("{f:e}"),
        Value::Decimal(d) => d.to_string(),
        Value::Text(text) => text,
        // without the zone it would be a time of the session's
        Value::Timestamp(t) if t.year() > 0 => {
            format!("{}+00", date_time_text(t.naive_utc()).ok_or(BuildError::NotConstant)?)
        }
        Value::DateTime(t) if t.year() > 0 => date_time_text(t).ok_or(BuildError::NotConstant)?,
        Value::Date(d) if d.year() > 0 => date_text(d).ok_or(BuildError::NotConstant)?,
        Value::Time(t) => time_text(t),
        Value::Uuid(u) => u.to_string(),
        _ => return Err(BuildError::NotConstant),
    })
}
