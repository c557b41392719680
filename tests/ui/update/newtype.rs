//! A bare number for a key.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::update().everywhere().set(|m| m.boss.set(5));
}
