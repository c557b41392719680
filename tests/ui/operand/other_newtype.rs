//! The key of another table.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Member::query().filter(|m| m.id.eq(TeamId(1)));
}
