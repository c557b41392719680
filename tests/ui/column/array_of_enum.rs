//! The length of an array that is none.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::query().select(|m| m.status.cardinality());
}
