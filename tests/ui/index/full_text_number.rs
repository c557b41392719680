//! A FULLTEXT index on a number.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = MySql)]
#[index(on = |n| n.count, using = FullText)]
pub struct Note {
    pub count: i64,
}

fn main() {}
