//! A length of a number.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(len = 80)]
    pub id: i64,
}

fn main() {}
