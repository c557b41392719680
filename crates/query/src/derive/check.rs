//! What derives have the compiler check by running it: names, and the columns that an insert gives.

use std::borrow::Cow;

use crate::source::{ColumnPart, FieldPart, Table};

/// A message of a compile-time error; what does not fit is cut off.
struct Message {
    bytes: [u8; 1024],
    length: usize,
}

impl Message {
    const fn new() -> Message {
        Message { bytes: [0; 1024], length: 0 }
    }

    const fn push(mut self, text: &str) -> Message {
        let text = text.as_bytes();
        let mut i = 0;
        while i < text.len() && self.length < self.bytes.len() {
            self.bytes[self.length] = text[i];
            self.length += 1;
            i += 1;
        }
        self
    }

    #[track_caller]
    const fn fail(&self) -> ! {
        let mut length = self.length;
        loop {
            // at most three steps back: to before a character that was cut in half
            match std::str::from_utf8(self.bytes.split_at(length).0) {
                Ok(text) => panic!("{}", text),
                Err(_) => length -= 1,
            }
        }
    }
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// That the columns of a table have names that differ, and that databases do not cut off.
#[track_caller]
pub const fn names(table: &str, columns: &[ColumnPart]) {
    let mut i = 0;
    while i < columns.len() {
        let name = columns[i].name;
        if name.len() > 63 {
            Message::new().push("the name of the column '").push(name).push("' is longer than 63 bytes").fail();
        }
        let mut j = 0;
        while j < i {
            if same(name, columns[j].name) {
                Message::new().push("'").push(table).push("' has two columns named '").push(name).push("'").fail();
            }
            j += 1;
        }
        i += 1;
    }
}

const fn find(fields: &[FieldPart], name: &str) -> Option<FieldPart> {
    let mut i = 0;
    while i < fields.len() {
        if same(fields[i].name, name) {
            return Some(fields[i]);
        }
        i += 1;
    }
    None
}

/// How many columns the fields of these names stand for.
pub const fn insert_width(fields: &[FieldPart], given: &[&str]) -> usize {
    let (mut width, mut i) = (0, 0);
    while i < given.len() {
        if let Some(field) = find(fields, given[i]) {
            width += field.width as usize;
        }
        i += 1;
    }
    width
}

/// The positions of the columns that the fields of these names stand for.
pub const fn insert_columns<const N: usize>(fields: &[FieldPart], given: &[&str]) -> [u32; N] {
    let mut columns = [0; N];
    let (mut n, mut i) = (0, 0);
    while i < given.len() {
        if let Some(field) = find(fields, given[i]) {
            let mut j = 0;
            while j < field.width {
                columns[n] = field.first + j;
                n += 1;
                j += 1;
            }
        }
        i += 1;
    }
    columns
}

/// That the struct `what` with the fields `given` is a whole row of `T`.
#[track_caller]
pub const fn insert<T: Table>(what: &str, given: &[&str], columns: &[u32]) {
    let table: &str = match &T::TABLE.name {
        Cow::Borrowed(name) => name,
        Cow::Owned(_) => "",
    };
    let names = match &T::TABLE.columns {
        Cow::Borrowed(names) => *names,
        Cow::Owned(_) => &[],
    };
    let mut i = 0;
    while i < given.len() {
        let start = Message::new().push("'").push(what).push("' has the field '").push(given[i]);
        match find(T::FIELDS, given[i]) {
            None => start.push("', which '").push(table).push("' has no column for").fail(),
            Some(FieldPart { writable: false, .. }) => {
                start.push("', which the database itself computes in '").push(table).push("'").fail()
            }
            Some(_) => i += 1,
        }
    }
    let mut message = Message::new().push("'").push(what).push("' lacks the column");
    let (mut missing, mut i) = (0, 0);
    while i < T::REQUIRED.len() {
        let (mut found, mut j) = (false, 0);
        while j < columns.len() {
            if let Cow::Borrowed(name) = &names[columns[j] as usize] {
                found = found || same(name, T::REQUIRED[i]);
            }
            j += 1;
        }
        if !found {
            message = message.push(if missing == 0 { " '" } else { "', '" }).push(T::REQUIRED[i]);
            missing += 1;
        }
        i += 1;
    }
    match missing {
        0 => {}
        1 => message.push("' of '").push(table).push("', which is not null and has no default").fail(),
        _ => message.push("' of '").push(table).push("', which are not null and have no default").fail(),
    }
}
