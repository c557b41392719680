//! The sum of texts.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().group_by(|t| t.user_id).select(|k, g| (k, g.sum(|t| t.title)));
}
