//! A position that a tuple does not have.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let pairs = User::query().select(|u| (u.id, u.name)).cte("pairs");
    let _ = Thread::query().join(&pairs, |t, p| t.user_id.eq(p.2));
}
