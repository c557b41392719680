//! The attribute of a column on a row.

use relvar::prelude::*;

#[derive(Row)]
pub struct Pair {
    #[column(primary_key)]
    pub id: i64,
}

fn main() {}
