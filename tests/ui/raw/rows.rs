//! Rows of text that are no rows.

use relvar::prelude::*;

struct Total(i64);

fn main() {
    let _ = sql!("SELECT 1").only_on::<Postgres>().rows::<Total>();
}
