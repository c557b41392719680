//! A pattern that is no text.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Thread::query().filter(|t| t.title.like(3));
}
