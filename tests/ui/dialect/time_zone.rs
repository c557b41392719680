//! A time zone by name on SQLite, too.

use relvar::prelude::*;
use schema::Event;

fn main() {
    let _ = Event::query().select(|e| e.at.at_time_zone("Europe/Berlin"));
}
