//! A grouped query as a subquery before its select list.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().group_by(|t| t.user_id).derived();
}
