//! GROUPING() without totals.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().group_by(|t| t.user_id).select(|k, g| (k, g.grouping(k)));
}
