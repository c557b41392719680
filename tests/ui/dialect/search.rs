//! Full-text search of PostgreSQL in a table for every database.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().filter(|i| i.title.matches(English, "x"));
}
