//! An insert whose field has another type than the column.

use relvar::prelude::*;
use schema::*;

#[derive(Insert)]
#[insert(table = User)]
struct Numbered {
    email: i64,
    name: String,
}

fn main() {}
