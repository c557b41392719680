//! A condition on another table.

use relvar::prelude::*;
use schema::{Thread, UserColumns};

fn active(u: UserColumns) -> Condition<Postgres> {
    u.logins.gt(3)
}

fn main() {
    let _ = Thread::query().filter(active);
}
