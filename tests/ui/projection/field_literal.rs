//! A literal of another type in a field.

use relvar::prelude::*;
use schema::{ActiveUserExprs, User};

fn main() {
    let _ = User::query().select(|u| ActiveUserExprs { id: u.id, name: 3 });
}
