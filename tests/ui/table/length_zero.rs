//! A length of nothing.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(len = 0)]
    pub name: String,
}

fn main() {}
