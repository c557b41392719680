//! MATCH … AGAINST on PostgreSQL.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| match_natural([t.title], "x").gt(0.0));
}
