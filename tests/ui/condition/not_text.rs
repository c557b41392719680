//! NOT a text.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Thread::query().filter(|t| !t.title);
}
