//! A nullable column in a field that is not.

use relvar::prelude::*;
use schema::{SummaryExprs, Thread};

fn main() {
    let _ = Thread::query().select(|t| SummaryExprs { title: t.note, author: t.title, replies: t.replies });
}
