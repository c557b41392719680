//! An insert of a column that the table does not have.

use relvar::prelude::*;
use schema::User;

#[derive(Insert)]
#[insert(table = User)]
struct Nicknamed {
    email: String,
    name: String,
    nickname: String,
}

fn main() {}
