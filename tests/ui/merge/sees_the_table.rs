//! A branch for rows that are not there, which would see them.

use relvar::prelude::*;
use schema::{Category, Team};

fn main() {
    let merge = Team::merge().using(Category::table(), |t, c| t.size.eq(c.id));
    let _ = merge.when_not_matched_and(|t, c| t.size.gt(c.id)).do_nothing();
}
