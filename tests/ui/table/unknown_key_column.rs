//! A primary key of a column that is not there.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres, primary_key(id, nubmer))]
pub struct Note {
    pub id: i64,
    pub number: i64,
}

fn main() {}
