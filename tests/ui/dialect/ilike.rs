//! ILIKE on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().filter(|o| o.number.ilike("x"));
}
