//! A filter of a join that takes its tables apart.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().join(User::table(), |t, u| t.user_id.eq(u.id)).filter(|t, u| u.logins.gt(3));
}
