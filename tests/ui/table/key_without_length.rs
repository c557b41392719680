//! Text in a key of a portable table, without a length.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes")]
pub struct Note {
    #[column(unique)]
    pub title: String,
}

fn main() {}
