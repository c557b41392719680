//! A check of a column that is not there.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[check(|n| n.size.gt(0))]
pub struct Note {
    pub id: i64,
}

fn main() {}
