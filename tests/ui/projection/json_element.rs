//! A decimal collected as JSON.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().aggregate(|g| g.json_agg(|i| i.price));
}
