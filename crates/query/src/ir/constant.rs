//! Bound values as literals, for expressions that become part of the schema.

use super::argument::Content;
use super::{Argument, Constant, Expr};
use crate::error::BuildError;
use crate::types::time::{date_text, date_time_text, time_text};
use crate::value::Value;

/// The literal that says what `argument` binds.
pub(super) fn literal(argument: Argument) -> Result<Expr, BuildError> {
    let ty = argument.ty().clone();
    let named = ty.name.is_some();
    let typed = |text: String| Constant::Typed(text.into(), ty.clone());
    let constant = match argument.into_content() {
        Content::Value(value) => match value {
            Value::Null => Constant::Null(ty),
            Value::Bool(b) => Constant::Bool(b),
            Value::I16(i) => Constant::Integer(i.into()),
            Value::I32(i) => Constant::Integer(i.into()),
            Value::I64(i) => Constant::Integer(i),
            Value::F32(f) if f.is_finite() => Constant::Number(format!("{f:e}").into()),
            Value::F64(f) if f.is_finite() => Constant::Number(format!("{f:e}").into()),
            // where decimals are text, equal numbers are equal texts
            Value::Decimal(d) => Constant::Number(d.normalize().to_string().into()),
            Value::Text(text) if named => typed(text),
            Value::Text(text) => Constant::Text(text.into()),
            Value::Timestamp(t) => typed(date_time_text(t.naive_utc()).ok_or(BuildError::NotConstant)?),
            Value::DateTime(t) => typed(date_time_text(t).ok_or(BuildError::NotConstant)?),
            Value::Date(d) => typed(date_text(d).ok_or(BuildError::NotConstant)?),
            Value::Time(t) => typed(time_text(t)),
            Value::Uuid(u) => typed(u.to_string()),
            Value::Json(text) => typed(text),
            Value::Invalid(why) => return Err(BuildError::Unsendable(why)),
            _ => return Err(BuildError::NotConstant),
        },
        Content::List(_) | Content::Slot(_) | Content::Context(_) => return Err(BuildError::NotConstant),
    };
    Ok(Expr::Constant(constant))
}
