//! A column of another type.

use relvar::prelude::*;
use schema::{ActiveUserExprs, Thread, User};

fn main() {
    let active = User::query().select(|u| ActiveUserExprs { id: u.id, name: u.name }).cte("active");
    let _ = Thread::query().join(&active, |t, a| t.user_id.eq(a.name));
}
