//! The elements of a JSON object.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().cross_join_lateral(|t| json_elements::<String, _>(t.meta));
}
