//! An insert into a struct that is no table.

use relvar::prelude::*;
use schema::{ActiveUser, NewUser};

#[derive(Insert)]
#[insert(table = ActiveUser)]
struct NewUser {
    id: i64,
    name: String,
}

fn main() {}
