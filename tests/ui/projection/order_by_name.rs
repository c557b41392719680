//! An order by the name of a column.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().order_by(|_| "title");
}
