//! An insert of MERGE that leaves a column of its row out.

use relvar::prelude::*;
use schema::{Category, Team, TeamId};

#[derive(Insert, Row)]
#[insert(table = Team)]
struct Sized {
    id: TeamId,
    size: i64,
}

fn main() {
    let merge = Team::merge().using(Category::table(), |t, c| t.size.eq(c.id));
    let _ = merge.when_not_matched().insert(|c| SizedExprs { size: c.id });
}
