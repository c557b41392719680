//! INSERT RETURNING on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::insert(Order { id: 1, number: "x".into(), price: 3.into() }).returning();
}
