//! A join after GROUP BY.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().group_by(|t| t.user_id).join(User::table(), |t, u| t.user_id.eq(u.id));
}
