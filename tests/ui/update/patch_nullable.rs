//! A patch of a nullable column that cannot set NULL.

use relvar::prelude::*;
use schema::*;

#[derive(Patch)]
#[patch(table = User)]
struct Describe {
    bio: Set<String>,
}

fn main() {}
