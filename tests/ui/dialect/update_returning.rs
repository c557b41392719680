//! UPDATE RETURNING of a table for every database.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::update().everywhere().set(|i| i.title.set("x")).returning();
}
