//! The names of a table's columns, put together at compile time, prefixes of embedded structs included.

use std::borrow::Cow;

use crate::source::ColumnPart;

/// Columns that follow one another in a table: one of its own, or those of an embedded struct.
pub struct Part {
    /// What stands before their names.
    pub prefix: &'static str,
    /// The columns.
    pub columns: &'static [ColumnPart],
}

/// How many columns the parts have.
pub const fn width(parts: &[Part]) -> usize {
    let (mut width, mut i) = (0, 0);
    while i < parts.len() {
        width += parts[i].columns.len();
        i += 1;
    }
    width
}

/// How many bytes their names have.
pub const fn text_length(parts: &[Part]) -> usize {
    let (mut length, mut i) = (0, 0);
    while i < parts.len() {
        let mut j = 0;
        while j < parts[i].columns.len() {
            length += parts[i].prefix.len() + parts[i].columns[j].name.len();
            j += 1;
        }
        i += 1;
    }
    length
}

const fn copy<const N: usize>(text: &mut [u8; N], at: usize, from: &str) -> usize {
    let from = from.as_bytes();
    let mut i = 0;
    while i < from.len() {
        text[at + i] = from[i];
        i += 1;
    }
    at + i
}

/// Their names, one after the other.
pub const fn text<const N: usize>(parts: &[Part]) -> [u8; N] {
    let mut text = [0; N];
    let (mut at, mut i) = (0, 0);
    while i < parts.len() {
        let mut j = 0;
        while j < parts[i].columns.len() {
            at = copy(&mut text, at, parts[i].prefix);
            at = copy(&mut text, at, parts[i].columns[j].name);
            j += 1;
        }
        i += 1;
    }
    text
}

/// The columns with their whole names, cut from what [`text`] gave.
pub const fn columns<const N: usize>(parts: &[Part], text: &'static [u8]) -> [ColumnPart; N] {
    let mut columns = [ColumnPart::of::<i64>("", 0); N];
    let (mut n, mut i, mut rest) = (0, 0, text);
    while i < parts.len() {
        let mut j = 0;
        while j < parts[i].columns.len() {
            let column = parts[i].columns[j];
            let (name, tail) = rest.split_at(parts[i].prefix.len() + column.name.len());
            rest = tail;
            let name = match std::str::from_utf8(name) {
                Ok(name) => name,
                Err(_) => panic!("names are cut where they were joined"),
            };
            columns[n] = ColumnPart { name, ..column };
            n += 1;
            j += 1;
        }
        i += 1;
    }
    columns
}

/// The names alone.
pub const fn names<const N: usize>(columns: &[ColumnPart]) -> [Cow<'static, str>; N] {
    let mut names = [const { Cow::Borrowed("") }; N];
    let mut i = 0;
    while i < N {
        // an assignment would drop what was there, which a constant cannot
        std::mem::forget(std::mem::replace(&mut names[i], Cow::Borrowed(columns[i].name)));
        i += 1;
    }
    names
}
