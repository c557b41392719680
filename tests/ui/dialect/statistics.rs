//! A standard deviation on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().aggregate(|g| g.stddev_pop(|d| d.id));
}
