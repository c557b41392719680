//! A slip in the attribute of an insert.

use relvar::prelude::*;
use schema::{NewUser, User};

#[derive(Insert)]
#[insert(tabel = User)]
struct NewUser {
    email: String,
    name: String,
}

fn main() {}
