//! Texts put together by a plus sign.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.title + "!");
}
