//! Drift: whether the columns of a result have the types that the statement was written for.

use relvar_query::types::{Kind, Type};
use sqlx::postgres::{PgColumn, PgTypeInfo, PgTypeKind};
use sqlx::{Column, TypeInfo};

use super::kinds::{CustomTypes, built_in, numbers, spelled};
use crate::backend::Request;
use crate::error::{Error, ErrorKind, Result};

const TEXT: u32 = 25;
/// `"char"`, `name`, `unknown`, `char(n)`, `varchar`: sent as text is.
const LIKE_TEXT: [u32; 5] = [18, 19, 705, 1042, 1043];
const JSON: u32 = 114;

/// Compares the columns of a result with what the request expects.
///
/// # Errors
/// `Drift`, at the first column that has another type or is missing.
pub(super) fn check(columns: &[PgColumn], request: &Request<'_>, custom: &CustomTypes) -> Result<()> {
    let drift = |i: usize, expected: String, found: String| {
        Err(Error::new(ErrorKind::Drift { column: (request.label)(i), expected, found }))
    };
    for (i, expected) in request.expected.types().iter().enumerate() {
        match columns.get(i) {
            None => return drift(i, spelled(expected), "no such column in the result".to_owned()),
            Some(column) if !accepts(column.type_info(), expected, custom) => {
                return drift(i, spelled(expected), named(column.type_info()));
            }
            Some(_) => {}
        }
    }
    match columns.get(request.expected.len()) {
        Some(extra) => drift(
            request.expected.len(),
            format!("{} columns", request.expected.len()),
            format!("{} columns, the first unexpected one being `{}`", columns.len(), extra.name()),
        ),
        None => Ok(()),
    }
}

fn accepts(found: &PgTypeInfo, expected: &Type, custom: &CustomTypes) -> bool {
    let oid = found.oid().map_or(0, |oid| oid.0);
    if expected.kind == Kind::Custom {
        let known = numbers(expected, custom).map(|n| if expected.array { n.array } else { n.oid });
        return known == Ok(oid);
    }
    match kind(found) {
        // the server sends the base type of a column's domain, but not of an array's elements
        Some(PgTypeKind::Domain(base)) => accepts(base, expected, custom),
        Some(PgTypeKind::Array(element)) if expected.array => accepts(element, &expected.element(), custom),
        _ if expected.array => false,
        Some(PgTypeKind::Enum(_)) => {
            expected.kind == Kind::Enum || (expected.kind == Kind::Text && expected.name.is_some())
        }
        _ => match expected.kind {
            Kind::Text | Kind::Enum => oid == TEXT || LIKE_TEXT.contains(&oid) || is_citext(found),
            Kind::Json if oid == JSON => true,
            kind => built_in(kind).is_some_and(|b| b.oid == oid),
        },
    }
}

/// What kind of type it is; nothing for one that the driver could not look up, where asking would panic.
fn kind(found: &PgTypeInfo) -> Option<&PgTypeKind> {
    (found.name() != "?").then(|| found.kind())
}

/// An extension's type has no fixed number, and its name a schema where that is not on the search path.
fn is_citext(found: &PgTypeInfo) -> bool {
    found.name().rsplit('.').next() == Some("citext")
}

/// What SQL calls a type that the driver looked up.
fn named(found: &PgTypeInfo) -> String {
    let oid = found.oid().map_or(0, |oid| oid.0);
    let name = found.name();
    if let Some(element) = name.strip_suffix("[]")
        && let Some(PgTypeKind::Array(inner)) = kind(found)
    {
        return if inner.name() == element { format!("{}[]", named(inner)) } else { name.to_owned() };
    }
    let kinds = [Kind::Bool, Kind::I16, Kind::I32, Kind::I64, Kind::F32, Kind::F64, Kind::Timestamp, Kind::DateTime];
    match kinds.into_iter().filter_map(built_in).find(|b| b.oid == oid) {
        Some(built_in) => built_in.name.to_owned(),
        // the driver writes PostgreSQL's own names in capitals, and others as they are
        None if name == "?" => format!("a type with number {oid}"),
        None if oid < 10_000 => name.to_lowercase(),
        None => name.to_owned(),
    }
}
