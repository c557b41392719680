//! An array operator on text.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::query().filter(|m| m.status.overlaps(vec!["x".to_owned()]));
}
