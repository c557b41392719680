//! A text numbered by the database.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(primary_key, auto_increment)]
    pub id: String,
}

fn main() {}
