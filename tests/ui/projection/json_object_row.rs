//! A JSON object of a row that serde does not know.

use relvar::prelude::*;
use schema::ThreadColumns;

#[derive(Row)]
struct Title {
    title: String,
}

fn shown(t: ThreadColumns) {
    let _ = json_object(TitleExprs { title: t.title });
}

fn main() {}
