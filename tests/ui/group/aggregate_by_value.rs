//! An aggregate of a column of a row outside.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().group_by(|t| t.user_id).select(|k, g| (k, g.sum(k)));
}
