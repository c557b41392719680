//! The texts of numbers one after the other.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().aggregate(|g| g.string_agg(|t| t.score, ", "));
}
