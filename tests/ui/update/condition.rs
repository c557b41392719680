//! A condition in the place of an assignment.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::update().filter(|t| t.done).set(|t| t.title.eq("x"));
}
