//! A JSON key that is computed at run time.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let key = String::from("status");
    let _ = Thread::query().filter(|t| t.meta.text(key).eq("x"));
}
