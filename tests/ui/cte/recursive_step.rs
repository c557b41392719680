//! A step whose rows are not those of the base.

use relvar::prelude::*;
use schema::{Category, NodeExprs};

fn main() {
    let _ = recursive("tree", Category::query().select(|c| NodeExprs { id: c.id, depth: value(0i64) }), |tree| {
        Category::query().join(tree, |c, t| c.parent_id.eq(t.id)).select(|(c, t)| (c.id, t.depth + 1))
    });
}
