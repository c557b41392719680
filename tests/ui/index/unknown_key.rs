//! A slip in the attribute of an index.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(on = |n| n.id, unqiue)]
pub struct Note {
    pub id: i64,
    pub title: String,
}

fn main() {}
