//! A scope of one's own that is not marked as one.

use relvar::prelude::*;
use schema::{Thread, ThreadColumns, User, UserColumns};

#[derive(Clone, Copy)]
struct Names {
    thread: ThreadColumns,
    user: UserColumns,
}

fn main() {
    let _ = Thread::query()
        .join(User::table(), |t, u| t.user_id.eq(u.id))
        .scope(|(thread, user)| Names { thread, user })
        .filter(|n| n.user.logins.gt(n.thread.replies));
}
