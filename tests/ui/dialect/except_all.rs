//! EXCEPT ALL on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().select(|d| d.id).except_all(Draft::query().select(|d| d.id));
}
