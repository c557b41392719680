//! A bare number beside a key.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::query().filter(|m| m.id.eq(5));
}
