//! Bits of two widths.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.replies.bit_or(1i32));
}
