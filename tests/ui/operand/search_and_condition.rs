//! A condition beside a search.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query()
        .filter(|t| to_tsvector(English, t.title).matches_query(plain_query(English, "a").and_query(t.done)));
}
