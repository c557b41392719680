//! ANY of a subquery on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().filter(|d| d.id.gt_all(Draft::query().select(|e| e.id)));
}
