//! Two indexes of the same name.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(name = "notes_by", on = |n| n.id)]
#[index(name = "notes_by", on = |n| n.title)]
pub struct Note {
    pub id: i64,
    pub title: String,
}

fn main() {}
