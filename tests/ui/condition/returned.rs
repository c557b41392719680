//! A condition that is returned as a boolean.

use relvar::prelude::*;
use schema::ThreadColumns;

fn noted(t: ThreadColumns) -> bool {
    t.note.eq("x")
}

fn main() {
    let _ = noted;
}
