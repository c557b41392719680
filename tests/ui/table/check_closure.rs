//! A check without a closure.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[check(id > 0)]
pub struct Note {
    pub id: i64,
}

fn main() {}
