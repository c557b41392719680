//! A query in FROM without a name.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().join(User::query(), |t, u| t.user_id.eq(u.id));
}
