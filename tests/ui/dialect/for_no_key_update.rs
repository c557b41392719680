//! FOR NO KEY UPDATE on MySQL.

use relvar::prelude::*;
use relvar::query::ir::LockWait;
use schema::Order;

fn main() {
    let _ = Order::query().for_no_key_update(LockWait::Wait);
}
