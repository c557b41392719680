//! A check that is no condition.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[check(|n| n.id)]
pub struct Note {
    pub id: i64,
}

fn main() {}
