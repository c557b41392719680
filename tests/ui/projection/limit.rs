//! A limit that may be negative.

use relvar::prelude::*;
use schema::*;

fn main() {
    let limit: i64 = 20;
    let _ = Thread::query().filter(|t| t.done).order_by(|t| t.id.asc()).limit(limit);
}
