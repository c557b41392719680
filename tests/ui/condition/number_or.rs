//! A number OR a condition, by the operator.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.replies | t.done);
}
