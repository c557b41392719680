//! The assignment of Rust in the place of SET.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Thread::update().filter(|t| t.done).set(|t| t.title = "x");
}
