//! LIKE on a number.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.replies.like("x"));
}
