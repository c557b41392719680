//! ON a column that is no condition.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let _ = Thread::query().join(User::table(), |_, u| u.id);
}
