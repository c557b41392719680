//! A join of thirteen tables.

use relvar::prelude::*;
use schema::Category;

fn main() {
    let twelve = Category::query()
        .cross_join(Category::table())
        .cross_join(Category::table())
        .cross_join(Category::table())
        .cross_join(Category::table())
        .cross_join(Category::table())
        .cross_join(Category::table())
        .cross_join(Category::table())
        .cross_join(Category::table())
        .cross_join(Category::table())
        .cross_join(Category::table())
        .cross_join(Category::table());
    let _ = twelve.cross_join(Category::table());
}
