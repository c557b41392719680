//! A value that may be absent in a select list.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Thread::query().select(|t| (t.id, Some(t.title)));
}
