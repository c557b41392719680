//! Texts over a window on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().select(|o| window::string_agg(o.number, ",").over(|w| w));
}
