//! A default of LAG on MariaDB.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().select(|i| window::lag_or(i.id, 1, 0).over(|w| w.order_by(i.id.asc())));
}
