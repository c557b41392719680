//! NULLS FIRST on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().order_by(|o| o.number.asc().nulls_first());
}
