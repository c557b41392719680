//! A float times an integer.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| 2.0 * t.replies);
}
