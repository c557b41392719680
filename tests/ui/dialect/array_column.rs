//! An array column in a table for every database.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes")]
pub struct Note {
    pub tags: Vec<String>,
}

fn main() {}
