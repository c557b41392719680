//! A column of a type that SQL does not have.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    pub size: u64,
}

fn main() {}
