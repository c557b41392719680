//! A JSON key of a text column.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.title.text("status").eq("x"));
}
