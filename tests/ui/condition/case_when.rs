//! A CASE that branches on a number.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| case().when(t.replies, "many").end());
}
