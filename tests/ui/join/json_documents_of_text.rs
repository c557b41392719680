//! The elements of a text.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().cross_join_lateral(|t| json_documents(t.title));
}
