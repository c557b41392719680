//! Text backwards on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().select(|d| d.title.reverse());
}
