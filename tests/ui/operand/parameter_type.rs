//! A parameter of another type than the column.

use relvar::prelude::*;
use schema::Thread;


fn main() {
    let _ = prepare(|user: Param<String>| Thread::query().filter(|t| t.user_id.eq(user)));
}
