//! A floating-point number made lossy, which it is.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().order_by(|t| t.score.lossy().desc());
}
