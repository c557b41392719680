//! Full-text search of PostgreSQL on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().select(|d| to_tsvector(English, d.title));
}
