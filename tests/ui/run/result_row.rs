//! A row read as the struct of another table.

use relvar::prelude::*;
use schema::*;

fn threads_of(user: i64) -> Query<Thread> {
    Thread::query().filter(move |t| t.user_id.eq(user)).select(|t| t.title.sum())
}

fn main() {
    let _ = threads_of;
}
