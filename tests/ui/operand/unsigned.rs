//! An unsigned integer, which SQL does not have.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let n: u64 = 3;
    let _ = Thread::query().filter(|t| t.replies.eq(n));
}
