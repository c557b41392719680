//! The average of booleans.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().aggregate(|g| g.avg(|t| t.done));
}
