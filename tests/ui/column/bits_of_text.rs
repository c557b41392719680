//! The bits of what is no integer.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.title.bit_and("a").eq("a"));
}
