//! A percentile on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().aggregate(|g| g.percentile_cont(0.5, |o| o.id));
}
