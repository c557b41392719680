//! A partial index on MySQL.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = MySql)]
#[index(on = |n| n.id, filter = |n| n.id.gt(3))]
pub struct Note {
    pub id: i64,
}

fn main() {}
