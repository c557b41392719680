//! A parameter of another prepared query.

use relvar::prelude::*;
use schema::Thread;


fn main() {
    let _ = prepare(|user: Param<i64>| {
        let _ = prepare(|title: Param<String>| Thread::query().filter(|t| t.user_id.eq(user) & t.title.eq(title)));
        Thread::query().filter(|t| t.user_id.eq(user))
    });
}
