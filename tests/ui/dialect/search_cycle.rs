//! CYCLE on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = recursive("n", Draft::query().select(|d| d.id), |n| n.query().select(|n| n.0 + 1)).cycle(|n| n.0);
}
