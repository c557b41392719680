//! Regular expressions on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().filter(|d| d.title.matches_regex("^a"));
}
