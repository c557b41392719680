//! An index of a column that is not there.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(on = |n| n.titel)]
pub struct Note {
    pub id: i64,
    pub title: String,
}

fn main() {}
