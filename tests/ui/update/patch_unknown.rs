//! A patch of a column that is not there.

use relvar::prelude::*;
use schema::Category;

#[derive(Patch)]
#[patch(table = Category)]
struct Move {
    parent: Set<Option<i64>>,
}

fn main() {}
