//! MERGE into a portable table.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::merge().using(Item::table(), |i, other| i.id.eq(other.id));
}
