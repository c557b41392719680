//! A date in a JSON object.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| json_object((("due", t.due),)));
}
