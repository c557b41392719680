//! A check that is no condition.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[check(|n| n.size)]
pub struct Note {
    pub size: i16,
}

fn main() {}
