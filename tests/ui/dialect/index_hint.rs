//! An index hint on PostgreSQL.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::table().force_index([Thread::THREADS_OPEN]);
}
