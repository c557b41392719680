//! An order of what has none.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::query().filter(|m| m.badges.gt(vec!["x".to_owned()]));
}
