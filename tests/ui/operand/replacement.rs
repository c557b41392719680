//! A number in place of what a regular expression matches.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| t.title.regex_replace("(a+)b", ("<", 1, ">")));
}
