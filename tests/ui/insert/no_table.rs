//! An insert that does not say into what.

use relvar::prelude::*;

#[derive(Insert)]
struct NewUser {
    name: String,
}

fn main() {}
