//! A boolean put behind a text.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.title.concat(t.done));
}
