//! A value of another type for a parameter.

use relvar::prelude::*;
use schema::Thread;

static OF_USER: Prepared<Param<i64>, Query<Thread>> =
    prepare(|user: Param<i64>| Thread::query().filter(|t| t.user_id.eq(user)));

fn main() {
    let _ = OF_USER.bind("seven");
}
