//! A primary key said in two ways.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres, primary_key(number))]
pub struct Note {
    #[column(primary_key)]
    pub id: i64,
    pub number: i64,
}

fn main() {}
