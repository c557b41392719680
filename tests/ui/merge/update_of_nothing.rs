//! An update of rows that are not there.

use relvar::prelude::*;
use schema::{Category, Team};

fn main() {
    let merge = Team::merge().using(Category::table(), |t, c| t.size.eq(c.id));
    let _ = merge.when_not_matched().update(|t, c| t.size.set(c.id));
}
