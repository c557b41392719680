//! A select list chosen by if.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().select(|t| if true { t.title } else { t.note });
}
