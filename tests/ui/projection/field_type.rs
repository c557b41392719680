//! A field of another type.

use relvar::prelude::*;
use schema::{ActiveUserExprs, Thread};

fn main() {
    let _ = Thread::query().select(|t| ActiveUserExprs { id: t.due, name: t.title });
}
