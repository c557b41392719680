//! A struct that is no table.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = ActiveUser::query().filter(|u| u.id.eq(1));
}
