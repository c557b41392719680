//! A correlation on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().aggregate(|g| g.corr(|o| o.id, |o| o.id));
}
