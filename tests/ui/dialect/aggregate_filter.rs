//! FILTER on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().aggregate(|g| g.filter(|o| o.id.gt(3)).count());
}
