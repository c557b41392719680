//! A subquery of two columns where one value is expected.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().filter(|t| t.replies.gt(User::query().select(|u| (u.id, u.name))));
}
