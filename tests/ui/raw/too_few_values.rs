//! SQL text with more places than values.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| sql!("lower({}) = {}", t.title).condition());
}
