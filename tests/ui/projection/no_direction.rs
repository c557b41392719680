//! An order without a direction.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().order_by(|t| t.replies);
}
