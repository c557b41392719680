//! MATERIALIZED on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().select(|o| o.id).cte("ids").materialized();
}
