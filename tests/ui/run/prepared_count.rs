//! One value for two parameters.

use relvar::prelude::*;
use schema::Thread;

static TITLED: Prepared<(Param<i64>, Param<String>), Query<Thread>> =
    prepare(|(user, title): (Param<i64>, Param<String>)| {
        Thread::query().filter(|t| t.user_id.eq(user) & t.title.eq(title))
    });

fn main() {
    let _ = TITLED.bind(7);
}
