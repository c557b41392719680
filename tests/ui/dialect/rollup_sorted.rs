//! ROLLUP sorted where MariaDB may run it.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().only_on::<MariaDb>().group_by_rollup(|i| i.title).order_by(|k, _| k.asc());
}
