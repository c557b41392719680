//! A filter that is no condition.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(on = |n| n.id, filter = |n| n.title)]
pub struct Note {
    pub id: i64,
    pub title: String,
}

fn main() {}
