//! A table of an enum.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes")]
pub enum Note {
    Short,
    Long,
}

fn main() {}
