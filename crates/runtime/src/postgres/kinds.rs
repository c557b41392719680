//! The kinds of value as PostgreSQL's own types: their numbers and names.

use relvar_query::types::{Kind, Type};
use std::collections::HashMap;

/// A type that every PostgreSQL has, under the same number.
pub(super) struct BuiltIn {
    /// The number of the type.
    pub(super) oid: u32,
    /// The number of its array type.
    pub(super) array: u32,
    /// What SQL calls it.
    pub(super) name: &'static str,
}

/// The type that values of a kind are declared as; none for types of the user's.
pub(super) const fn built_in(kind: Kind) -> Option<BuiltIn> {
    let (oid, array, name) = match kind {
        Kind::Bool => (16, 1000, "boolean"),
        Kind::Bytes => (17, 1001, "bytea"),
        Kind::I64 => (20, 1016, "bigint"),
        Kind::I16 => (21, 1005, "smallint"),
        Kind::I32 => (23, 1007, "integer"),
        Kind::Text | Kind::Enum => (25, 1009, "text"),
        Kind::F32 => (700, 1021, "real"),
        Kind::F64 => (701, 1022, "double precision"),
        Kind::Date => (1082, 1182, "date"),
        Kind::Time => (1083, 1183, "time"),
        Kind::DateTime => (1114, 1115, "timestamp"),
        Kind::Timestamp => (1184, 1185, "timestamp with time zone"),
        Kind::Decimal | Kind::Lossy => (1700, 1231, "numeric"),
        Kind::Uuid => (2950, 2951, "uuid"),
        Kind::Json => (3802, 3807, "jsonb"),
        _ => return None,
    };
    Some(BuiltIn { oid, array, name })
}

/// The numbers of a type of the user's, in this database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    /// The number of the type.
    pub(super) oid: u32,
    /// The number of its array type.
    pub(super) array: u32,
}

/// The types of the user's that were looked up, by declared name.
pub(super) type CustomTypes = HashMap<Box<str>, Numbers>;

/// The numbers of a type: PostgreSQL's own, or looked up before.
///
/// # Errors
/// The words for an error, if they are not known.
pub(super) fn numbers(ty: &Type, custom: &CustomTypes) -> Result<Numbers, String> {
    if let Some(BuiltIn { oid, array, .. }) = built_in(ty.kind) {
        return Ok(Numbers { oid, array });
    }
    let name = ty.name.as_deref().ok_or("a value of a type of one's own whose name is not declared")?;
    custom.get(name).copied().ok_or_else(|| format!("this database has no type `{name}`"))
}

/// What SQL calls a type.
pub(super) fn spelled(ty: &Type) -> String {
    let name = match (&ty.name, built_in(ty.kind)) {
        (Some(name), _) => name,
        (None, _) if ty.kind == Kind::Enum => "an enum",
        (None, Some(built_in)) => built_in.name,
        (None, None) => "a type of one's own",
    };
    format!("{name}{}", if ty.array { "[]" } else { "" })
}
