//! IN something that is no list.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.replies.in_list(3));
}
