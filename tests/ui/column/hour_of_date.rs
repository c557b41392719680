//! The hour of a date without a time.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.due.hour());
}
