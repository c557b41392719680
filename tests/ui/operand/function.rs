//! A Rust function in the place of a value.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.title.eq(String::new));
}
