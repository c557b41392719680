//! A value that has no JSON form.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.meta.json_set("a", t.title));
}
