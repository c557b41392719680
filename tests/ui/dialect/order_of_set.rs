//! A set of dialects in the wrong order.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = (Sqlite, Postgres))]
pub struct Note {
    pub text: String,
}

fn main() {}
