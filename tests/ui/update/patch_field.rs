//! A patch whose field is neither left nor set.

use relvar::prelude::*;
use schema::User;

#[derive(Patch)]
#[patch(table = User)]
struct Rename {
    name: String,
}

fn main() {}
