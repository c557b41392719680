//! A generated column with a default.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    pub id: i64,
    #[column(default = 3, generated = |n| n.id)]
    pub number: i64,
}

fn main() {}
