//! The equality of Rust in the place of that of SQL.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.title == "x");
}
