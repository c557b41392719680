//! Matches of a regular expression counted on MySQL.

use relvar::prelude::*;
use schema::Order;

fn main() {
    let _ = Order::query().select(|o| o.number.regex_count("[0-9]"));
}
