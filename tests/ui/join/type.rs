//! A type in the place of a source.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().join(User, |t, u| t.user_id.eq(u.id));
}
