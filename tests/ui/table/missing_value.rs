//! A key without its value.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(default)]
    pub id: i64,
}

fn main() {}
