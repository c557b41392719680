//! Drift: whether the columns of a result have the types that the statement was written for.

use sqlx::mysql::{MySqlColumn, MySqlTypeInfo};
use sqlx::{Column, ColumnOrigin, TypeInfo};

use super::types::{Wire, spelled};
use super::variant::Variant;
use crate::backend::Request;
use crate::error::{Error, ErrorKind, Result};

/// How the cells of a column are read.
#[derive(Debug)]
pub(super) enum Form {
    /// As they travel.
    Of(Wire),
    /// Not at all, unless they are NULL: what is computed of NULLs alone is of whatever type the server likes,
    /// bytes or a double most often. Here is what SQL calls it.
    Unlike(String),
}

/// Compares the columns of a result with what the request expects, and says how their cells are read. Of the first row
/// it is asked whether a cell is NULL.
///
/// # Errors
/// `Drift`, at the first column that has another type or is missing.
pub(super) fn check(
    columns: &[MySqlColumn],
    is_null: impl Fn(usize) -> bool,
    request: &Request<'_>,
    variant: &Variant,
) -> Result<Vec<Form>> {
    let drift = |i: usize, expected: String, found: String| {
        Err(Error::new(ErrorKind::Drift { column: (request.label)(i), expected, found }))
    };
    let mut forms = Vec::with_capacity(columns.len());
    for (i, expected) in request.expected.types().iter().enumerate() {
        let Some(column) = columns.get(i) else {
            return drift(i, spelled(expected, variant), "no such column in the result".to_owned());
        };
        match Wire::of(column.type_info()) {
            // what serves even where it is straight does anywhere, and most do
            Some(wire)
                if wire.serves(expected, true, variant)
                    || (wire.serves(expected, false, variant) && !is_straight(column)) =>
            {
                forms.push(Form::Of(wire));
            }
            _ if !is_straight(column) && is_null(i) => forms.push(Form::Unlike(named(column.type_info()))),
            _ => return drift(i, spelled(expected, variant), named(column.type_info())),
        }
    }
    match columns.get(request.expected.len()) {
        Some(extra) => drift(
            request.expected.len(),
            format!("{} columns", request.expected.len()),
            format!("{} columns, the first unexpected one being `{}`", columns.len(), extra.name()),
        ),
        None => Ok(forms),
    }
}

/// Whether a column of a table stands there as it is. Of one that a subquery computes the servers name the
/// subquery's alias at most, but no schema.
fn is_straight(column: &MySqlColumn) -> bool {
    matches!(column.origin(), ColumnOrigin::Table(origin) if origin.table.contains('.'))
}

/// What SQL calls a column's type.
fn named(info: &MySqlTypeInfo) -> String {
    let name = match Wire::of(info) {
        // the driver's name of text with a binary collation is that of bytes
        Some(Wire::Text) => info.name().replace("BINARY", "CHAR").replace("BLOB", "TEXT"),
        _ => info.name().to_owned(),
    };
    name.to_lowercase()
}
