//! The greatest of values without an order.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::query().aggregate(|g| g.max(|m| m.badges));
}
