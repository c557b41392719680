//! DELETE by rows of another table on SQLite.

use relvar::prelude::*;
use schema::{Draft, Event};

fn main() {
    let _ = Draft::delete().join(Event::table(), |d, e| d.title.eq(e.name));
}
