//! A value from outside in a prepared query, where a parameter is meant.

use relvar::prelude::*;
use schema::Thread;


fn main() {
    let user = 7;
    let _ = prepare(|title: Param<String>| Thread::query().filter(|t| t.user_id.eq(user) & t.title.eq(title)));
}
