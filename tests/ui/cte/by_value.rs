//! A common table expression that is given away.

use relvar::prelude::*;
use schema::{Thread, User};

fn main() {
    let ids = User::query().select(|u| u.id).cte("ids");
    let _ = Thread::query().join(ids, |t, i| t.user_id.eq(i.0));
}
