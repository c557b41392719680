//! A bare number in a select list.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| (t.id, 3));
}
