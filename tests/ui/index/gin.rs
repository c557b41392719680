//! A GIN index of a number.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(on = |n| n.id, using = Gin)]
pub struct Note {
    pub id: i64,
    pub title: String,
}

fn main() {}
