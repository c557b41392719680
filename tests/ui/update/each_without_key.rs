//! Rows by the primary key of a table that has none.

use relvar::prelude::*;
use schema::Event;

fn main() {
    let _ = Event::update_each([(1, "x")], |e| e.name);
}
