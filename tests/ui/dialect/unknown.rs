//! A dialect that is not there.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Oracle)]
pub struct Note {
    pub text: String,
}

fn main() {}
