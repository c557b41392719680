//! Columns compared that are in no database together.

use relvar::prelude::*;
use schema::{Draft, Thread};

fn main() {
    let _ = Thread::query().filter(|t| exists(Draft::query().filter(|d| d.id.eq(t.id))));
}
