//! IN a list of another type.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.replies.in_list(["1", "2"]));
}
