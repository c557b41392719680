//! Different texts with a separator on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().aggregate(|g| g.distinct().string_agg(|d| d.title, ","));
}
