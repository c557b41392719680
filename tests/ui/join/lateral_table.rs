//! LATERAL of a table.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().cross_join_lateral(|_| Thread::table());
}
