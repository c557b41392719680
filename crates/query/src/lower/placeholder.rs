//! Arguments on their way through the text: as markers first, numbered in one pass when the text is finished.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt::Write;

use crate::dialect::{Placeholder, Syntax};
use crate::error::BuildError;

/// What a placeholder binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// The number of the argument in the statement's shape.
    pub argument: u32,
    /// The element of a list that is not bound as one array.
    pub element: Option<u32>,
}

/// Something that the finished text gets its spelling for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// A bound value.
    Bound(Slot),
    /// A bound LIMIT or OFFSET.
    Limit(u32),
    /// The LIMIT of a query that has only an OFFSET.
    NoLimit,
}

/// Opens and closes a marker. Names and literals never have these characters: they are refused or escaped.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

/// The parts of a sentinel value: a kind, an element, an argument.
const LIMIT: u64 = 1 << 62;
const NO_LIMIT: u64 = 1 << 63;
const ELEMENT: u64 = 1 << 61;

impl Marker {
    pub(super) fn argument(argument: u32) -> Marker {
        Marker::Bound(Slot { argument, element: None })
    }

    /// The value that stands for the marker in sea-query's tree.
    pub(super) fn sentinel(self) -> u64 {
        match self {
            Marker::Bound(Slot { argument, element: None }) => argument.into(),
            // 29 bits are more than any database binds
            Marker::Bound(Slot { argument, element: Some(element) }) => {
                ELEMENT | u64::from(element & 0x1fff_ffff) << 32 | u64::from(argument)
            }
            Marker::Limit(argument) => LIMIT | u64::from(argument),
            Marker::NoLimit => NO_LIMIT,
        }
    }

    /// The text that stands for `sentinel` until the text is finished.
    pub(super) fn text(sentinel: u64) -> String {
        format!("{OPEN}{sentinel}{CLOSE}")
    }

    fn of(sentinel: u64) -> Marker {
        let argument = sentinel as u32;
        match sentinel {
            s if s & NO_LIMIT != 0 => Marker::NoLimit,
            s if s & LIMIT != 0 => Marker::Limit(argument),
            s if s & ELEMENT != 0 => Marker::Bound(Slot { argument, element: Some((s >> 32) as u32 & 0x1fff_ffff) }),
            _ => Marker::argument(argument),
        }
    }
}

/// Writes the placeholders, and lists what they bind: once for each argument where they are numbered.
pub(super) fn number(text: &str, syntax: &Syntax) -> Result<(String, Vec<Slot>), BuildError> {
    let mut sql = String::with_capacity(text.len());
    let mut slots = Vec::new();
    let mut known = HashMap::new();
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once(OPEN) {
        sql.push_str(before);
        let (digits, after) = marked.split_once(CLOSE).ok_or_else(forged)?;
        rest = after;
        let (slot, behind) = match Marker::of(digits.parse().map_err(|_| forged())?) {
            Marker::Bound(slot) => (slot, ""),
            Marker::Limit(argument) => (Slot { argument, element: None }, syntax.after_limit),
            Marker::NoLimit => {
                sql.push_str(syntax.no_limit.unwrap_or("ALL"));
                continue;
            }
        };
        match syntax.placeholder {
            Placeholder::Positional => {
                slots.push(slot);
                sql.push('?');
            }
            Placeholder::Numbered(prefix) => {
                let number = *known.entry(slot).or_insert_with(|| {
                    slots.push(slot);
                    slots.len()
                });
                sql.push(prefix);
                // writing to a string does not fail
                let _ = write!(sql, "{number}");
            }
        }
        sql.push_str(behind);
    }
    sql.push_str(rest);
    Ok((sql, slots))
}

/// Writes a text in place of every marker: `write` is told what it stands for, and whether it is any value rather than
/// a LIMIT or OFFSET.
pub(super) fn fill(
    text: &str,
    syntax: &Syntax,
    mut write: impl FnMut(Slot, bool) -> Result<String, BuildError>,
) -> Result<String, BuildError> {
    let mut sql = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once(OPEN) {
        sql.push_str(before);
        let (digits, after) = marked.split_once(CLOSE).ok_or_else(forged)?;
        rest = after;
        match Marker::of(digits.parse().map_err(|_| forged())?) {
            Marker::Bound(slot) => sql.push_str(&write(slot, true)?),
            Marker::Limit(argument) => sql.push_str(&write(Slot { argument, element: None }, false)?),
            Marker::NoLimit => sql.push_str(syntax.no_limit.unwrap_or("ALL")),
        }
    }
    sql.push_str(rest);
    Ok(sql)
}

fn forged() -> BuildError {
    BuildError::Clause("a control character stands in the text of a statement".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Engine;

    #[test]
    fn a_repeated_argument_is_one_slot_where_placeholders_have_numbers() {
        let mark = |marker: Marker| Marker::text(marker.sentinel());
        let element = Slot { argument: 0, element: Some(3) };
        let text = format!(
            "a{}b{}c{}d{}",
            mark(Marker::argument(7)),
            mark(Marker::Bound(element)),
            mark(Marker::argument(7)),
            mark(Marker::Limit(2))
        );
        let seven = Slot { argument: 7, element: None };
        let two = Slot { argument: 2, element: None };
        let (sql, slots) = number(&text, Engine::Postgres.syntax()).unwrap();
        assert_eq!((sql.as_str(), slots), ("a$1b$2c$1d$3", vec![seven, element, two]));
        let (sql, slots) = number(&text, Engine::Sqlite.syntax()).unwrap();
        assert_eq!((sql.as_str(), slots), ("a?1b?2c?1d?3+0", vec![seven, element, two]));
        let (sql, slots) = number(&text, Engine::MySql.syntax()).unwrap();
        assert_eq!((sql.as_str(), slots), ("a?b?c?d?", vec![seven, element, seven, two]));
    }

    #[test]
    fn a_stray_control_character_is_an_error() {
        assert!(number("a\u{1}b", Engine::Sqlite.syntax()).is_err());
        assert!(number("a\u{1}b\u{2}", Engine::Sqlite.syntax()).is_err());
    }
}
