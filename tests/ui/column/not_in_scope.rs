//! A column of a table that is not joined.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.user_id.eq(user.id));
}
