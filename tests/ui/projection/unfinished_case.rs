//! A CASE without its end.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| case().when(t.done, "a"));
}
