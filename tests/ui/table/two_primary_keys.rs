//! Two columns that are each the primary key.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(primary_key)]
    pub id: i64,
    #[column(primary_key)]
    pub number: i64,
}

fn main() {}
