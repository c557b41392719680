//! Something that is no row at all.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = User::insert_many(["a", "b"]);
}
