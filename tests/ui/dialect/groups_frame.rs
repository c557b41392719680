//! GROUPS in the frame of a window on MySQL.

use relvar::prelude::*;
use relvar::query::ir::FrameBound;
use schema::Order;

fn main() {
    let _ = Order::query()
        .select(|o| window::count().over(|w| w.order_by(o.id.asc()).groups(FrameBound::CurrentRow, FrameBound::CurrentRow)));
}
