//! An insert whose field has another type than the column.

use relvar::prelude::*;
use schema::User;

#[derive(Insert)]
#[insert(table = User)]
struct Numbered {
    email: i64,
    name: String,
}

fn main() {}
