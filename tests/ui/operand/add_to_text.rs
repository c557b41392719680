//! Texts put together by a plus sign.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Thread::query().select(|t| t.title + "!");
}
