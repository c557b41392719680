//! An index of the name of a column.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(on = "title")]
pub struct Note {
    pub id: i64,
    pub title: String,
}

fn main() {}
