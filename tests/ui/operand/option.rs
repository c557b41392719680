//! A value that may be absent beside a column.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let note: Option<String> = None;
    let _ = Thread::query().filter(|t| t.note.eq(note));
}
