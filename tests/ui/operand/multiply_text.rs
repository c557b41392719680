//! A text times a number.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.title * 2);
}
