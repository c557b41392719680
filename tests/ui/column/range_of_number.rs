//! A bound of what is no range.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.replies.lower_bound());
}
