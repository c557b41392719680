//! An array of two kinds of numbers.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::query().select(|m| array((m.team_id, m.id)));
}
