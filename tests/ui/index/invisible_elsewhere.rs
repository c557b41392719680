//! An invisible index on SQLite.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Sqlite)]
#[index(on = |n| n.title, invisible)]
pub struct Note {
    pub title: String,
}

fn main() {}
