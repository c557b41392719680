//! FTS5 on PostgreSQL.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.title.matches_fts5("x"));
}
