//! A nullable column for one that is not.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::update().everywhere().set(|m| m.id.set(m.boss));
}
