//! An order by the name of a column.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Thread::query().order_by(|_| "title");
}
