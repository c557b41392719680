//! A square root on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().select(|d| d.id.cast::<f64>().sqrt());
}
