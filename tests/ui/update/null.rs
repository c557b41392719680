//! NULL for a column that may not be.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::update().filter(|t| t.done).set(|t| t.title.set(None));
}
