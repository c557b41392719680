//! A closure of a plain value instead of a parameter.

use relvar::prelude::*;
use schema::Thread;


fn main() {
    let _ = prepare(|user: i64| Thread::query().filter(|t| t.user_id.eq(user)));
}
