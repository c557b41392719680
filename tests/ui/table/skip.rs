//! A column that is none and has a default.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    pub id: i64,
    #[column(skip, default = 3)]
    pub cached: i64,
}

fn main() {}
