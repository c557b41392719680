//! An index of a number.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(name = "three", on = |_| 3)]
pub struct Note {
    pub id: i64,
    pub title: String,
}

fn main() {}
