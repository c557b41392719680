//! A subquery of a whole row where one value is expected.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().filter(|t| t.user_id.eq(User::query().filter(|u| u.id.eq(1))));
}
