//! Which values are one and the same to a database: what keys in a list of rows are compared by.

use std::collections::HashSet;

use super::argument::Content;
use super::{Argument, Node};
use crate::types::{Kind, Type};
use crate::value::Value;

impl Argument {
    /// Whether no two of these rows are the same; nothing if one has something else in it than values.
    pub fn distinct<'n>(rows: impl Iterator<Item = &'n [Node]>) -> Option<bool> {
        let mut seen = HashSet::new();
        for row in rows {
            let mut identity = Vec::with_capacity(16);
            for value in row {
                let Node::Argument(argument) = value else { return None };
                let Content::Value(value) = argument.content() else { return None };
                write(value, argument.ty(), &mut identity);
            }
            if !seen.insert(identity) {
                return Some(false);
            }
        }
        Some(true)
    }
}

/// Appends what tells `value` from others of its type.
fn write(value: &Value, ty: &Type, identity: &mut Vec<u8>) {
    let text = |text: &str, identity: &mut Vec<u8>| {
        // with its length, so that the values of a row do not run into each other
        identity.extend((text.len() as u64).to_le_bytes());
        identity.extend(text.as_bytes());
    };
    match value {
        Value::Bool(value) => identity.push(u8::from(*value)),
        Value::I16(value) => identity.extend(value.to_le_bytes()),
        Value::I32(value) => identity.extend(value.to_le_bytes()),
        Value::I64(value) => identity.extend(value.to_le_bytes()),
        // zero has two signs and is one number
        Value::F32(value) => identity.extend((value + 0.0).to_le_bytes()),
        Value::F64(value) => identity.extend((value + 0.0).to_le_bytes()),
        Value::Uuid(value) => identity.extend(value.as_bytes()),
        Value::Decimal(value) => text(&value.normalize().to_string(), identity),
        Value::Text(value) => text(&compared(value, ty), identity),
        other => text(&format!("{other:?}"), identity),
    }
}

/// Text as its declared type compares it: citext whatever its case, char(n) without the spaces at its end.
fn compared(text: &str, ty: &Type) -> String {
    let declared = ty.name.as_deref().filter(|_| ty.kind == Kind::Text).unwrap_or_default().to_lowercase();
    match declared.rsplit('.').next().unwrap_or_default() {
        "citext" => text.to_lowercase(),
        name if name.starts_with("char") || name.starts_with("bpchar") => text.trim_end_matches(' ').to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::SqlType;
    use rust_decimal::Decimal;

    static CITEXT: Type = String::SQL_TYPE.declared("public.citext");
    static CHAR: Type = String::SQL_TYPE.declared("char(4)");
    static VARCHAR: Type = String::SQL_TYPE.declared("varchar(4)");

    fn distinct<const N: usize>(rows: [Vec<(Value, &'static Type)>; N]) -> Option<bool> {
        let rows = rows.map(|row| row.into_iter().map(|(v, ty)| Node::Argument(Argument::new(v, ty))).collect());
        let rows: [Vec<Node>; N] = rows;
        Argument::distinct(rows.iter().map(Vec::as_slice))
    }

    fn text(text: &str, ty: &'static Type) -> Vec<(Value, &'static Type)> {
        vec![(Value::Text(text.to_owned()), ty)]
    }

    #[test]
    fn what_a_database_takes_for_one_value_is_one() {
        let decimal = |text: &str| vec![(Value::Decimal(text.parse::<Decimal>().unwrap()), Decimal::SQL_TYPE)];
        assert_eq!(distinct([decimal("1.0"), decimal("1.00")]), Some(false));
        assert_eq!(distinct([decimal("1.0"), decimal("1.01")]), Some(true));
        let float = |value| vec![(Value::F64(value), f64::SQL_TYPE)];
        assert_eq!(distinct([float(0.0), float(-0.0)]), Some(false));
        assert_eq!(distinct([text("a", &CITEXT), text("A", &CITEXT)]), Some(false));
        assert_eq!(distinct([text("a", &VARCHAR), text("A", &VARCHAR)]), Some(true));
        assert_eq!(distinct([text("a", &CHAR), text("a  ", &CHAR)]), Some(false));
        assert_eq!(distinct([text("a", &VARCHAR), text("a ", &VARCHAR)]), Some(true));
    }

    #[test]
    fn the_values_of_a_row_stay_apart() {
        let row = |a, b| [text(a, &VARCHAR), text(b, &VARCHAR)].concat();
        assert_eq!(distinct([row("ab", "c"), row("a", "bc")]), Some(true));
        assert_eq!(distinct([row("ab", "c"), row("x", ""), row("ab", "c")]), Some(false));
        assert_eq!(distinct([]), Some(true));
    }

    #[test]
    fn an_expression_is_not_compared() {
        let rows = [Node::All(Vec::new())];
        assert_eq!(Argument::distinct(rows.chunks(1)), None);
    }
}
