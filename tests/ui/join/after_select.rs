//! A join after the select list.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().select(|t| (t.id, t.title)).join(User::table(), |t, u| t.user_id.eq(u.id));
}
