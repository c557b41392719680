//! A floating-point number beside a decimal that is exact where it can be.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().filter(|i| i.price.lossy().gt(9.5));
}
