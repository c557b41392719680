//! A column that is doubly optional.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    pub title: Option<Option<String>>,
}

fn main() {}
