//! Days added to a timestamp.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.created_at.add_days(1));
}
