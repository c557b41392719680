//! Keys of different tables compared.

use relvar::prelude::*;
use schema::{Member, Team};

fn main() {
    let _ = Member::query().join(Team::table(), |m, t| m.id.eq(t.id));
}
