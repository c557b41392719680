//! The key of another table.

use relvar::prelude::*;
use schema::{Member, TeamId};

fn main() {
    let _ = Member::query().filter(|m| m.id.eq(TeamId(1)));
}
