//! An array of what may be NULL.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::query().select(|m| array((m.id, m.boss)));
}
