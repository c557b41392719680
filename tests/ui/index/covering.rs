//! An index that carries columns, on SQLite.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Sqlite)]
#[index(on = |n| n.id, include = |n| n.title)]
pub struct Note {
    pub id: i64,
    pub title: String,
}

fn main() {}
