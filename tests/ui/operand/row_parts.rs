//! A part of a row of another type.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| (t.user_id, t.title).gt((1, true)));
}
