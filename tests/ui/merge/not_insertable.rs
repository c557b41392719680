//! An insert of MERGE of what is no row of the table.

use relvar::prelude::*;
use schema::{Category, Team};

fn main() {
    let merge = Team::merge().using(Category::table(), |t, c| t.size.eq(c.id));
    let _ = merge.when_not_matched().insert(|c| (c.id, c.parent_id));
}
