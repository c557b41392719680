//! COALESCE with a default of another type.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.score.coalesce("none"));
}
