//! A decimal column times a number that is exact only where it can be.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().select(|i| i.price.lossy() * i.price);
}
