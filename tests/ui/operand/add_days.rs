//! A number added to a time.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| (t.created_at + 7).lt(now()));
}
