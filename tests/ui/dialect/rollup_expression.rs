//! ROLLUP over an expression on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().group_by_rollup(|o| o.id % 2);
}
