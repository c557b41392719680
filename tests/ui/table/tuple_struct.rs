//! A table of fields without names.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes")]
pub struct Note(i64, String);

fn main() {}
