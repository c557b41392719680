//! A condition in one branch, a column in the other.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| if true { t.done } else { t.note.eq("x") });
}
