//! Tables that no database has both of.

use relvar::prelude::*;
use schema::{Order, Thread};

fn main() {
    let _ = Thread::query().join(Order::table(), |t, o| t.id.eq(o.id));
}
