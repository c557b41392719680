//! An assignment that a semicolon throws away.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::update().filter(|t| t.done).set(|t| {
        t.title.set("x");
    });
}
