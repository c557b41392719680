//! A row with a field that it does not have.

use relvar::prelude::*;
use schema::{SummaryExprs, Thread, User};

fn main() {
    let _ = Thread::query().left_join(User::table(), |t, u| t.user_id.eq(u.id)).select(|(t, u)| SummaryExprs {
        title: t.title,
        autor: u.name,
        replies: t.replies,
    });
}
