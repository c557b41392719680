//! A merge patch on PostgreSQL.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.meta.json_merge_patch(1));
}
