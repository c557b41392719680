//! A nullable column for one that is not.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::update().filter(|t| t.done).set(|t| t.title.set(t.note));
}
