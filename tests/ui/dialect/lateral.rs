//! LATERAL on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().cross_join_lateral(|d| Draft::query().filter(|e| e.id.gt(d.id)).derived());
}
