//! A random UUID of SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::query().select(|_| gen_random_uuid());
}
