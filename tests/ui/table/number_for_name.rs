//! A name that is no text.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = notes)]
pub struct Note {
    pub id: i64,
}

fn main() {}
