//! A condition that is returned as a boolean.

use relvar::prelude::*;
use schema::*;

fn noted(t: ThreadColumns) -> bool {
    t.note.eq("x")
}

fn both(t: ThreadColumns) -> Condition<Postgres> {
    t.done && t.note.eq("x")
}

fn main() {
    let _ = (noted, both);
}
