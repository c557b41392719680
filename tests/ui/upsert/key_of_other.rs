//! The key of another table.

use relvar::prelude::*;
use schema::{Category, User};

fn main() {
    let _ = Category::insert(Category { id: 1, parent_id: None }).on_conflict(User::EMAIL_KEY).do_nothing();
}
