//! UPDATE RETURNING a column of the other table on SQLite.

use relvar::prelude::*;
use schema::{Draft, Event};

fn main() {
    let update = Draft::update().join(Event::table(), |d, e| d.title.eq(e.name)).set(|(d, _)| d.title.set("x"));
    let _ = update.returning_as(|(_, e)| e.at);
}
