//! A frame of time on SQLite.

use relvar::prelude::*;
use schema::Event;

fn main() {
    use window::{within, without_end};
    let _ = Event::query().select(|e| {
        window::count().over(|w| w.order_by(e.at.asc()).range_of_time(without_end(), within(Interval::days(0))))
    });
}
