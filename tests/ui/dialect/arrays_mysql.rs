//! Arrays on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().aggregate(|g| g.array_agg(|o| o.number));
}
