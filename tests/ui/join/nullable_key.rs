//! A left-joined table as if it were always there.

use relvar::prelude::*;
use schema::*;

fn main() {
    let named = |u: UserColumns| u.name.eq("x");
    let _ = Thread::query().left_join(User::table(), |t, u| t.user_id.eq(u.id)).filter(|(_, u)| named(u));
}
