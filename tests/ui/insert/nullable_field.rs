//! An insert whose field may be absent where the column may not.

use relvar::prelude::*;
use schema::{Member, MemberId, Money, Status, TeamId};

#[derive(Insert)]
#[insert(table = Member)]
struct NewMember {
    id: MemberId,
    team_id: Option<TeamId>,
    status: Status,
    pay: Money,
    badges: Vec<String>,
}

fn main() {}
