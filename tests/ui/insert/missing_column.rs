//! An insert that lacks a column.

use relvar::prelude::*;
use schema::Thread;

#[derive(Insert)]
#[insert(table = Thread)]
struct Titleless {
    user_id: i64,
    meta: Json<relvar::serde_json::Value>,
}

fn main() {}
