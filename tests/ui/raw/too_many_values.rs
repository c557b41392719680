//! SQL text with fewer places than values, one of them in the text of a database.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| sql! { Postgres => "{} = 1"; t.id, 1 }.condition());
}
