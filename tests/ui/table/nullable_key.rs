//! A primary key that may be NULL.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(primary_key)]
    pub id: Option<i64>,
}

fn main() {}
