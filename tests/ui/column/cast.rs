//! A cast between types that have nothing in common.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.done.cast::<f64>());
}
