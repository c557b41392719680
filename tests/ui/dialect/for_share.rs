//! FOR SHARE of a table for every database: SQLite has none.

use relvar::prelude::*;
use relvar::query::ir::LockWait;
use schema::Item;

fn main() {
    let _ = Item::query().for_share(LockWait::Wait);
}
