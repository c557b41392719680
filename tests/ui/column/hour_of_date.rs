//! The hour of a date without a time.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Thread::query().select(|t| t.due.hour());
}
