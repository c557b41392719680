//! An aggregate without a group.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Thread::query().select(|t| t.replies.sum());
}
