//! A patch of another table.

use relvar::prelude::*;
use schema::{ThreadPatch, User};

fn main() {
    let _ = User::update().filter(|u| u.id.eq(1)).patch(ThreadPatch::default());
}
