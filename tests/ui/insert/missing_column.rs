//! An insert that lacks a column.

use relvar::prelude::*;
use schema::{Meta, Thread};

#[derive(Insert)]
#[insert(table = Thread)]
struct Titleless {
    user_id: i64,
    meta: Json<Meta>,
}

fn main() {}
