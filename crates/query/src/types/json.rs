//! JSON documents with a Rust type.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Cell, DecodeError, Kind, NotNull, SqlType, Type, scalar};
use crate::value::Value;

/// A JSON column holding a `T`: `jsonb` on PostgreSQL, `json` on MySQL and MariaDB, text on SQLite.
///
/// Use `Json<serde_json::Value>` for a document of any shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json<T>(pub T);

impl<T> std::ops::Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + 'static> SqlType for Json<T> {
    type Base = Json<T>;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::of(Kind::Json);

    fn into_value(self) -> Value {
        match serde_json::to_string(&self.0) {
            Ok(text) => Value::Json(text),
            Err(e) => Value::Invalid(format!("it has no JSON form: {e}")),
        }
    }

    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        // binary jsonb opens with its version; no JSON text does
        let cell = match cell {
            Cell::Binary([1, text @ ..]) => Cell::Binary(text),
            cell => cell,
        };
        let text = scalar::text(cell, "JSON")?;
        serde_json::from_str(text).map(Json).map_err(|e| {
            // serde's message can quote the data: only where and what kind
            let what = match e.classify() {
                serde_json::error::Category::Data => "its shape is not that of the Rust type",
                _ => "it is malformed",
            };
            DecodeError::invalid("JSON", format!("{what} (line {}, column {})", e.line(), e.column()))
        })
    }
}
