//! Whether numbers hold.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().aggregate(|g| g.every(|t| t.created_at));
}
