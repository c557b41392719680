//! A FULLTEXT index on PostgreSQL.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(on = |n| n.title, using = FullText)]
pub struct Note {
    pub title: String,
}

fn main() {}
