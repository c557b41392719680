//! An integer of another width.

use relvar::prelude::*;
use schema::*;

fn main() {
    let n: i32 = 3;
    let _ = Thread::query().filter(|t| t.replies.eq(n));
}
