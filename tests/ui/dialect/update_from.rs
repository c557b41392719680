//! UPDATE FROM on MySQL.

use relvar::prelude::*;
use schema::{Item, Order};

fn main() {
    let _ = Order::update().join(Item::table(), |o, i| o.id.eq(i.id));
}
