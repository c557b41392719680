//! A condition that is returned as a boolean, or joined as one.

use relvar::prelude::*;
use schema::{Thread, ThreadColumns};

fn noted(t: ThreadColumns) -> bool {
    t.note.eq("x")
}

fn main() {
    let _ = noted;
    let _ = Thread::query().filter(|t| t.done && t.note.eq("x"));
}
