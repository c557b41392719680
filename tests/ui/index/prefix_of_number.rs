//! The beginning of a number.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = MySql)]
#[index(on = |n| n.count.prefix(4))]
pub struct Note {
    pub count: i64,
}

fn main() {}
