//! A sum of decimals on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().aggregate(|g| g.sum(|d| d.price));
}
