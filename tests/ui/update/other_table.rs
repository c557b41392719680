//! An assignment to a joined table.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::update().join(User::table(), |t, u| t.user_id.eq(u.id)).set(|(_, u)| u.name.set("x"));
}
