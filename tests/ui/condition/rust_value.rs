//! A value of Rust as a condition.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|_| true);
}
