//! The beginning of a column on a portable table.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes")]
#[index(on = |n| n.title.prefix(40))]
pub struct Note {
    pub title: String,
}

fn main() {}
