//! A rank normalized as only another one can be.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let by = Normalization::new().distance();
    let _ = Thread::query().select(|t| to_tsvector(English, t.title).ts_rank_by(plain_query(English, "a"), by));
}
