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

    const fn push(self, text: &str) -> Message {
        self.extend(text.as_bytes())
    }

    const fn append(self, other: &Message) -> Message {
        self.extend(other.bytes.split_at(other.length).0)
    }

    const fn extend(mut self, text: &[u8]) -> Message {
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
///
/// A field that the table lacks is the compiler's to report: nothing is said of the rest then.
#[track_caller]
pub const fn insert<T: Table>(what: &str, given: &[&str], columns: &[u32]) {
    let table: &str = match &T::TABLE.name {
        Cow::Borrowed(name) => name,
        Cow::Owned(_) => "",
    };
    if T::FIELDS.is_empty() {
        Message::new().push("'").push(table).push("' was not derived: implement `Insertable` by hand, too").fail();
    }
    let mut i = 0;
    while i < given.len() {
        match find(T::FIELDS, given[i]) {
            None => return,
            Some(field) if !field.writable => {
                let message = Message::new().push("'").push(what).push("' gives the column '").push(given[i]);
                message.push("' of '").push(table).push("', which the database itself computes").fail()
            }
            Some(_) => i += 1,
        }
    }
    let (mut missing, mut count, mut i) = (Message::new(), 0, 0);
    while i < T::REQUIRED.len() {
        if !is_given::<T>(T::REQUIRED[i], columns) {
            missing = missing.push(if count == 0 { "'" } else { "', '" }).push(T::REQUIRED[i]);
            count += 1;
        }
        i += 1;
    }
    if count > 0 {
        let (noun, rest) = match count {
            1 => (" lacks the column ", "', which is not null and has no default"),
            _ => (" lacks the columns ", "', which are not null and have no default"),
        };
        let message = Message::new().push("'").push(what).push("'").push(noun).append(&missing);
        message.push("' of '").push(table).push(rest).fail();
    }
}

/// Whether the column of this name is among those at these positions.
const fn is_given<T: Table>(name: &str, columns: &[u32]) -> bool {
    let Cow::Borrowed(names) = &T::TABLE.columns else { return true };
    let mut i = 0;
    while i < columns.len() {
        if let Cow::Borrowed(given) = &names[columns[i] as usize]
            && same(given, name)
        {
            return true;
        }
        i += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(f: impl FnOnce() + std::panic::UnwindSafe) -> String {
        let panic = std::panic::catch_unwind(f).expect_err("there is a mistake");
        panic.downcast_ref::<String>().cloned().unwrap_or_default()
    }

    #[test]
    fn names_are_compared_whole() {
        const fn column(name: &'static str) -> ColumnPart {
            ColumnPart { name, required: true }
        }
        names("t", &[column("a"), column("ab"), column("b")]);
        assert_eq!(message(|| names("t", &[column("a"), column("b"), column("a")])), "'t' has two columns named 'a'");
        let long = "x".repeat(64).leak();
        assert_eq!(
            message(|| names("t", &[column(long)])),
            format!("the name of the column '{long}' is longer than 63 bytes")
        );
    }

    #[test]
    fn a_message_too_long_is_cut_between_characters() {
        let long = "é".repeat(600);
        let text = message(move || Message::new().push("x").push(&long).push("y").fail());
        assert_eq!(text, format!("x{}", "é".repeat(511)));
    }
}
