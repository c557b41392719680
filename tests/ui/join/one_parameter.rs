//! A join condition that sees one side only.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().join(User::table(), |u| u.id.eq(1));
}
