//! BETWEEN bounds of another type.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.replies.between(1.5, 2));
}
