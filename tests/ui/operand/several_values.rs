//! A list of values behind ANY.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.id.eq_any(vec![1, 2]));
}
