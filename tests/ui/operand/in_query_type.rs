//! IN a query of another type.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().filter(|t| t.replies.in_query(User::query().select(|u| u.bio)));
}
