//! A sorted JSON aggregate on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().aggregate(|g| g.order_by(|o| o.id.asc()).json_agg(|o| o.number));
}
