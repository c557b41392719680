//! ROLLUP on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().group_by_rollup(|d| d.title).select(|k, g| (k, g.count()));
}
