//! HAVING a number.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().group_by(|t| t.user_id).having(|_, g| g.max(|t| t.score));
}
