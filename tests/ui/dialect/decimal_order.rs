//! An order of decimals where the query may run on SQLite.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().order_by(|i| i.price.desc());
}
