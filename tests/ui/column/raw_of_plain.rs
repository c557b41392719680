//! The inside of a type that is no newtype.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.done.raw().eq(true));
}
