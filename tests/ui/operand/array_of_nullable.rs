//! An array of what may be NULL.

use relvar::prelude::*;
use schema::Category;

fn main() {
    let _ = Category::query().select(|c| array((c.id, c.parent_id)));
}
