//! A bare text in a select list.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| (t.id, "x"));
}
