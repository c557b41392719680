//! A row of a union.

use relvar::prelude::*;

#[derive(Row)]
pub union Either {
    pub id: i64,
}

fn main() {}
