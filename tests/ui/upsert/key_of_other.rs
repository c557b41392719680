//! The key of another table.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = Category::insert(Category { id: 1, parent_id: None }).on_conflict(User::EMAIL_KEY).do_nothing();
}
