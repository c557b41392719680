//! A table without columns.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {}

fn main() {}
