//! A number among texts that are put together.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| concat_ws(", ", (t.title, t.score)));
}
