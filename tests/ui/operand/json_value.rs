//! A column that has no JSON form.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().select(|i| json_object((("id", i.id),)).json_set("price", i.price));
}
