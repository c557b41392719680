//! An element of another type than the array.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::query().filter(|m| m.badges.has_element(1.5));
}
