//! Bits on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().aggregate(|g| g.bit_and(|d| d.id));
}
