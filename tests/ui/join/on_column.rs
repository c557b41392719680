//! ON a column that is no condition.

use relvar::prelude::*;
use schema::{Member, Team};

fn main() {
    let _ = Member::query().join(Team::table(), |m, _| m.pay);
}
