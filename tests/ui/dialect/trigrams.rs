//! Similarity on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().filter(|d| d.title.is_similar_to("x"));
}
