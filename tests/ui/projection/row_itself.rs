//! The row in the place of its expressions.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = User::query().select(|u| ActiveUser { id: u.id, name: u.name });
}
