//! ON DUPLICATE KEY on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::insert(Draft { id: 1, title: "x".into(), price: 3.into() }).on_duplicate_key();
}
