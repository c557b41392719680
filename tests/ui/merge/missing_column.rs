//! An insert of MERGE that lacks a column.

use relvar::prelude::*;
use schema::Team;

#[derive(Insert, Row)]
#[insert(table = Team)]
struct Sizeless {
    id: schema::TeamId,
}

fn main() {
    let merge = Team::merge().using(Team::table(), |t, other| t.size.eq(other.size));
    let _ = merge.when_not_matched().insert(|other| SizelessExprs { id: other.id });
}
