//! A bare number in a select list.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Thread::query().select(|t| (t.id, 3));
}
