//! A method that SQL has under another name.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.title.starts_with("x"));
}
