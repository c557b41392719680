//! A CASE whose first branch is an untyped literal.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| case().when(t.done, 1).otherwise(t.replies));
}
