//! A column that the table does not have.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.titel.eq("x"));
}
