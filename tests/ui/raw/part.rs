//! A place filled with what is no value.

use relvar::prelude::*;
use schema::Thread;

struct Title(String);

fn main() {
    let title = Title(String::new());
    let _ = Thread::query().filter(|t| sql!("{} = {}", t.title, title).condition());
}
