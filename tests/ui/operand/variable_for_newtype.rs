//! A variable of the inner type beside a key.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let id: i64 = 5;
    let _ = Member::query().filter(|m| m.id.eq(id));
}
