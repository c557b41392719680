//! A row that is looked for in a query of other columns.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| (t.id, t.user_id).in_query(Thread::query().select(|t| (t.id, t.title))));
}
