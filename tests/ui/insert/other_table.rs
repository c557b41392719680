//! A row of another table.

use relvar::prelude::*;
use schema::{NewUser, Thread};

fn main() {
    let _ = Thread::insert(NewUser { email: "a".into(), name: "b".into() });
}
