//! A key beside a bare number.

use relvar::prelude::*;
use schema::{MemberId, Team};

fn main() {
    let _ = Team::query().filter(|t| t.size.eq(MemberId(1)));
}
