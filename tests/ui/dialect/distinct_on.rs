//! DISTINCT ON on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().distinct_on(|d| d.title);
}
