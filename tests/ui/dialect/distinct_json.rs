//! A JSON aggregate of different values on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().aggregate(|g| g.distinct().json_agg(|o| o.number));
}
