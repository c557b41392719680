//! Branches of a CASE with different types.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| case().when(t.done, "a").otherwise(t.replies));
}
