//! SQL text that does not say what it is.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| sql!("{} = 1", t.id));
}
