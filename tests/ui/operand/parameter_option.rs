//! A parameter that may be NULL in a comparison.

use relvar::prelude::*;
use schema::Thread;


fn main() {
    let _ = prepare(|user: Param<Option<i64>>| Thread::query().filter(|t| t.user_id.eq(user)));
}
