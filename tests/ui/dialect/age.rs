//! The age of a timestamp of a table for every database.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().select(|_| now().age_since(now()));
}
