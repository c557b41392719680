//! A row that lacks a field.

use relvar::prelude::*;
use schema::{SummaryExprs, Thread, User};

fn main() {
    let _ = Thread::query()
        .left_join(User::table(), |t, u| t.user_id.eq(u.id))
        .select(|(t, u)| SummaryExprs { title: t.title, author: u.name });
}
