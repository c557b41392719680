//! A key compared with a number.

use relvar::prelude::*;
use schema::{Member, Team};

fn main() {
    let _ = Team::query().join(Member::table(), |t, m| t.size.eq(m.id));
}
