//! The exact average of floating-point numbers.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().aggregate(|g| g.avg_decimal(|t| t.score));
}
