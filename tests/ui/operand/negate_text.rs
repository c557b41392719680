//! The negative of a text.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Thread::query().select(|t| -t.title);
}
