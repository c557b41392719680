//! A column with two roles.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(created_at, version)]
    pub at: i64,
}

fn main() {}
