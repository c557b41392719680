//! A subquery on a table of PostgreSQL in a query for every database.

use relvar::prelude::*;
use schema::{Item, Thread};

fn main() {
    let _ = Item::query().filter(|i| exists(Thread::query().filter(|t| t.title.eq(i.title))));
}
