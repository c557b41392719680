//! A JSON object of a row that serde does not know.

use relvar::prelude::*;
use schema::Thread;

#[derive(Row)]
struct Title {
    title: String,
}

fn main() {
    let _ = Thread::query().select(|t| json_object(TitleExprs { title: t.title }));
}
