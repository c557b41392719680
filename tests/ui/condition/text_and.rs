//! A text AND a condition.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.note.and(t.done));
}
