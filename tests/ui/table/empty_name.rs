//! A table without a name.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "", dialect = Postgres)]
pub struct Note {
    pub id: i64,
}

fn main() {}
