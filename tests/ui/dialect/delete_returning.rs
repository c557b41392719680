//! DELETE RETURNING on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::delete().everywhere().returning_as(|o| o.id);
}
