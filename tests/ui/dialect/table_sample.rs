//! TABLESAMPLE on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::table().sample(relvar::query::ir::SampleMethod::System, 1.0);
}
