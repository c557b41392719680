//! The order of a walk without SEARCH.

use relvar::prelude::*;
use schema::Category;

fn main() {
    let _ = recursive("n", Category::query().select(|c| c.id), |n| n.query())
        .cycle(|n| n.0)
        .query()
        .order_by(|n| n.order.asc());
}
