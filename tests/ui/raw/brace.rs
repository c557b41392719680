//! A brace that is no place.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| sql!("{} -> '{\"a\": 1}'", t.meta).returns::<String>());
}
