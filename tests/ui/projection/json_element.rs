//! A date collected as JSON.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().aggregate(|g| g.json_agg(|t| t.created_at));
}
