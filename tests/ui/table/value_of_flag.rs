//! A flag with a value.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(primary_key = true)]
    pub id: i64,
}

fn main() {}
