//! A generated column of another type.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    pub id: i64,
    #[column(generated = |n| n.id)]
    pub label: String,
}

fn main() {}
