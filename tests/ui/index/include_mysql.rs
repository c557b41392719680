//! A covering index on MySQL.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = MySql)]
#[index(on = |n| n.id, include = |n| n.count)]
pub struct Note {
    pub id: i64,
    pub count: i64,
}

fn main() {}
