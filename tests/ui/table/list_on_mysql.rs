//! An array on a portable table.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes")]
pub struct Note {
    pub tags: Vec<String>,
}

fn main() {}
