//! The same key twice.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(unique, unique)]
    pub id: i64,
}

fn main() {}
