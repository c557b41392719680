//! What derives have the compiler check by running it: names, and the columns that an insert gives.

use crate::dialect::{Dialect, Engine};
use crate::source::{ColumnPart, FieldPart, Table, TableColumns};
use crate::types::{Kind, NotNull, NullOf, Nullness, SqlType};

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

    const fn number(self, number: usize) -> Message {
        let message = if number > 9 { self.number(number / 10) } else { self };
        message.extend(&[b'0' + (number % 10) as u8])
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

/// The most characters of four bytes that a key of MySQL and MariaDB can have, 3072 bytes.
/// See [InnoDB limits](https://dev.mysql.com/doc/refman/9.0/en/innodb-limits.html).
const LONGEST_KEY: u32 = 768;

/// That a column of type `T` can be in a key on the databases in `D`, given its length.
#[track_caller]
pub const fn key<D: Dialect, T: SqlType>(table: &str, column: &str, length: Option<u32>) {
    let Some(database) = first_with_lengths(D::ENGINES) else { return };
    let ty = T::SQL_TYPE;
    let text = matches!(ty.kind, Kind::Text) || (matches!(ty.kind, Kind::Enum) && T::LABELS.is_empty());
    if ty.array || !(text || matches!(ty.kind, Kind::Bytes)) {
        return;
    }
    let message = Message::new().push("'").push(column).push("' of '").push(table).push("' is in a key, and ");
    match length {
        None => message
            .push(database.name())
            .push(" needs the length of text and bytes in keys: say `#[column(len = 191)]`, or index `t.")
            .push(column)
            .push(".prefix(40)`")
            .fail(),
        Some(length) if text && length > LONGEST_KEY => {
            message.push(database.name()).push(" has at most 768 characters in a key: say a smaller `len`").fail()
        }
        Some(_) => {}
    }
}

/// The first that can have text in a key only with a length.
const fn first_with_lengths(engines: &[Engine]) -> Option<Engine> {
    let mut i = 0;
    while i < engines.len() {
        if engines[i].syntax().ddl.keys_need_length {
            return Some(engines[i]);
        }
        i += 1;
    }
    None
}

/// That the databases in `D` have arrays, if `T` is one.
#[track_caller]
pub const fn list<D: Dialect, T: SqlType>(table: &str, column: &str) {
    let mut i = 0;
    while i < D::ENGINES.len() {
        if T::SQL_TYPE.array && !D::ENGINES[i].syntax().named_types {
            let message = Message::new().push("'").push(column).push("' of '").push(table).push("' is an array, and ");
            message
                .push(D::ENGINES[i].name())
                .push(" has none: keep the list as `Json<Vec<..>>`, or say `#[table(dialect = Postgres)]`")
                .fail();
        }
        i += 1;
    }
}

/// That an invisible column without a default can be NULL: an insert that does not know of it gives no value.
#[track_caller]
pub const fn invisible<T: SqlType>(table: &str, column: &str) {
    if !<NullOf<T> as Nullness>::NULLABLE {
        let message = Message::new().push("'").push(column).push("' of '").push(table);
        message.push("' is invisible and not null, so it needs a `default`").fail();
    }
}

/// The fields of a table: its columns, unless some stand for several of them.
#[derive(Clone, Copy)]
enum Fields {
    Columns(&'static [ColumnPart]),
    Parts(&'static [FieldPart]),
}

impl Fields {
    const fn of<T: Table>() -> Fields {
        match T::FIELDS {
            [] => Fields::Columns(<<T as Table>::Columns<NotNull> as TableColumns>::PARTS),
            fields => Fields::Parts(fields),
        }
    }

    const fn len(self) -> usize {
        match self {
            Fields::Columns(columns) => columns.len(),
            Fields::Parts(fields) => fields.len(),
        }
    }

    const fn number(self, i: usize) -> u64 {
        match self {
            Fields::Columns(columns) => columns[i].number,
            Fields::Parts(fields) => fields[i].number,
        }
    }

    const fn get(self, i: usize) -> FieldPart {
        match self {
            Fields::Columns(columns) => FieldPart::column(&columns[i], i as u32),
            Fields::Parts(fields) => fields[i],
        }
    }

    /// The field whose name has this number, searched from that behind the one before: most structs have their fields
    /// in the table's order.
    const fn find(self, number: u64, before: usize) -> Option<usize> {
        let (mut i, mut tried) = (before, 0);
        while tried < self.len() {
            i = if i + 1 < self.len() { i + 1 } else { 0 };
            if self.number(i) == number {
                return Some(i);
            }
            tried += 1;
        }
        None
    }
}

/// How many columns the fields of `T` stand for whose names have these numbers.
pub const fn insert_width<T: Table>(given: &[u64]) -> usize {
    let fields = Fields::of::<T>();
    let (mut width, mut i, mut at) = (0, 0, 0);
    while i < given.len() {
        if let Some(found) = fields.find(given[i], at) {
            width += fields.get(found).width as usize;
            at = found;
        }
        i += 1;
    }
    width
}

/// The positions of the columns that the fields of `T` stand for whose names have these numbers.
pub const fn insert_columns<T: Table, const N: usize>(given: &[u64]) -> [u32; N] {
    let fields = Fields::of::<T>();
    let mut columns = [0; N];
    let (mut n, mut i, mut at) = (0, 0, 0);
    while i < given.len() {
        if let Some(found) = fields.find(given[i], at) {
            let (field, mut j) = (fields.get(found), 0);
            while j < field.width {
                columns[n] = field.first + j;
                n += 1;
                j += 1;
            }
            at = found;
        }
        i += 1;
    }
    columns
}

/// That the struct `what` with the fields whose names have the numbers `given` is a whole row of `T`.
///
/// A field that the table lacks is the compiler's to report: nothing is said of the rest then.
#[track_caller]
pub const fn insert<T: Table>(what: &str, given: &[u64], columns: &[u32]) {
    let table = T::TABLE_NAME;
    let fields = Fields::of::<T>();
    if fields.len() == 0 || fields.number(0) == 0 {
        Message::new().push("'").push(table).push("' was not derived: implement `Insertable` by hand, too").fail();
    }
    let (mut i, mut at) = (0, 0);
    while i < given.len() {
        match fields.find(given[i], at) {
            None => return,
            Some(found) if !fields.get(found).writable => {
                let name = fields.get(found).name;
                let message = Message::new().push("'").push(what).push("' gives the column '").push(name);
                message.push("' of '").push(table).push("', which the database itself computes").fail()
            }
            Some(found) => (i, at) = (i + 1, found),
        }
    }
    let parts = <<T as Table>::Columns<NotNull> as TableColumns>::PARTS;
    let Some(first) = missing(parts, columns, 0) else { return };
    let (mut names, mut count) = (Message::new().push("'").push(parts[first].name), 1);
    let mut next = missing(parts, columns, first + 1);
    while let Some(further) = next {
        names = names.push("', '").push(parts[further].name);
        count += 1;
        next = missing(parts, columns, further + 1);
    }
    let (noun, rest) = match count {
        1 => (" lacks the column ", "', which is not null and has no default"),
        _ => (" lacks the columns ", "', which are not null and have no default"),
    };
    let message = Message::new().push("'").push(what).push("'").push(noun).append(&names);
    message.push("' of '").push(table).push(rest).fail();
}

/// The first column from `from` on that every insert must give, and that is not among those at the positions `given`.
const fn missing(columns: &[ColumnPart], given: &[u32], from: usize) -> Option<usize> {
    let mut i = from;
    while i < columns.len() {
        if columns[i].required() && !contains(given, i) {
            return Some(i);
        }
        i += 1;
    }
    None
}

const fn contains(mut given: &[u32], position: usize) -> bool {
    while let [first, rest @ ..] = given {
        if *first as usize == position {
            return true;
        }
        given = rest;
    }
    false
}

/// That SQL text has as many places `{}` as there are values for them, and no other brace that is not doubled.
#[track_caller]
pub const fn places(text: &str, given: usize) {
    let bytes = text.as_bytes();
    let (mut places, mut i) = (0, 0);
    while i < bytes.len() {
        if bytes[i] == b'{' || bytes[i] == b'}' {
            let next = if i + 1 < bytes.len() { bytes[i + 1] } else { 0 };
            if bytes[i] == b'{' && next == b'}' {
                places += 1;
            } else if next != bytes[i] {
                Message::new().push("a brace in SQL text is either a place, `{}`, or doubled: `{{` and `}}`").fail();
            }
            i += 1;
        }
        i += 1;
    }
    if places != given {
        let message = Message::new().push("the number of places `{}` in this SQL text is ").number(places);
        message.push(", and the number of values for them is ").number(given).fail();
    }
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
            ColumnPart::of::<i64>(name, 0)
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
