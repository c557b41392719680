//! GROUPING() on MariaDB.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().only_on::<MariaDb>().group_by_rollup(|i| i.title).select(|k, g| g.grouping(k));
}
