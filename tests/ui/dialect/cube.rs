//! CUBE on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().group_by_cube(|o| o.number).select(|k, g| (k, g.count()));
}
