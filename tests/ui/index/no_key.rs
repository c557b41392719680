//! An index of nothing.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(unique)]
pub struct Note {
    pub id: i64,
    pub title: String,
}

fn main() {}
