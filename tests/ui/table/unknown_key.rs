//! A slip in the attribute of a table.

use relvar::prelude::*;

#[derive(Table)]
#[table(nmae = "notes")]
pub struct Note {
    pub id: i64,
}

fn main() {}
