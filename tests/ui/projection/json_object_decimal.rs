//! A decimal in a JSON object.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().select(|i| json_object((("price", i.price),)));
}
