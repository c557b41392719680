//! A key beside a bare number.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Team::query().filter(|t| t.size.eq(MemberId(1)));
}
