//! WHERE after GROUP BY.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().group_by(|t| t.user_id).select(|k, g| (k, g.count())).filter(|(_, g)| g.count().gt(3));
}
