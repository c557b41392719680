//! A struct that is no table.

use relvar::prelude::*;
use schema::ActiveUser;

fn main() {
    let _ = ActiveUser::query().filter(|u| u.id.eq(1));
}
