//! A common table expression of several whole rows.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().join(User::table(), |t, u| t.user_id.eq(u.id)).cte("both");
}
