//! A slip in the attribute of a field.

use relvar::prelude::*;

#[derive(Row)]
pub struct Pair {
    #[row(nestd)]
    pub id: i64,
}

fn main() {}
