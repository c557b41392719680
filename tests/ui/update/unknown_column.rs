//! An assignment to a column that is not there.

use relvar::prelude::*;
use schema::User;

fn main() {
    let _ = User::update().everywhere().set(|u| u.nmae.set("x"));
}
