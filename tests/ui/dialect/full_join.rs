//! FULL JOIN on MySQL.

use relvar::prelude::*;
use schema::{Item, Order};

fn main() {
    let _ = Order::query().full_join(Item::table(), |o, i| o.id.eq(i.id));
}
