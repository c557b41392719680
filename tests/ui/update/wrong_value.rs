//! A value of another type.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::update().filter(|t| t.done).set(|t| t.title.set(3));
}
