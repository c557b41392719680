//! Decimals calculated with on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().select(|d| d.price * d.price);
}
