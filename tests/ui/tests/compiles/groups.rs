//! Groups: expressions as keys, aggregates in every later clause, groups as sources.

use relvar::prelude::*;
use relvar::rust_decimal::Decimal;
use schema::*;

use crate::rows;

#[test]
fn groups() {
    rows::<(i64, bool, i64, Option<i64>)>(
        Thread::query()
            .group_by(|t| (t.user_id, t.replies.gt(3).is_true()))
            .having(|(_, big), g| big & g.count().gt(3) & g.filter(|t| t.done).count().gt(1))
            .order_by(|(user, _), g| (g.count().desc(), user.asc()))
            .select(|(user, big), g| (user, big, g.count(), g.max(|t| t.id + 1)))
            .limit(3),
    );
    rows::<(i64, i64, Option<Decimal>)>(
        Thread::query()
            .left_join(User::table(), |t, u| t.user_id.eq(u.id))
            .group_by(|(t, _)| t.user_id)
            .order_by(|_, g| g.max(|(_, u)| u.logins).desc())
            .select(|user, g| (user, g.count(), g.sum(|(t, _)| t.replies))),
    );
    rows::<(String, i64)>(
        Thread::query().group_by(|t| t.title.lower()).order_by(|_, g| g.count().desc()).select(|k, g| (k, g.count())),
    );
    let per = Thread::query().group_by(|t| t.user_id).select(|k, g| (k, g.count())).cte("per");
    rows::<(User, Option<i64>)>(User::query().left_join(&per, |u, p| u.id.eq(p.0)).select(|(u, p)| (u, p.1)));
    rows::<(i64, Option<f64>)>(Thread::query().aggregate(|g| (g.count(), g.avg(|t| t.score))));
}
