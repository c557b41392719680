//! Queries as sources: common table expressions, recursive ones, derived tables.

use relvar::prelude::*;
use schema::*;

use crate::rows;

#[test]
fn common_table_expressions() {
    let active =
        User::query().filter(|u| u.logins.gt(3)).select(|u| ActiveUserExprs { id: u.id, name: u.name }).cte("active");
    rows::<(Thread, ActiveUser)>(
        Thread::query().join(&active, |t, a| t.user_id.eq(a.id)).filter(|(_, a)| a.name.ne("x")),
    );
    rows::<(String, Option<String>)>(
        Thread::query().left_join(&active, |t, a| t.user_id.eq(a.id)).select(|(t, a)| (t.title, a.name)),
    );
    let pairs = User::query().select(|u| (u.id, u.bio)).cte("pairs");
    rows::<(Thread, (i64, Option<String>))>(Thread::query().join(&pairs, |t, p| t.user_id.eq(p.0)));
    rows::<((i64, Option<String>), Thread, Option<User>)>(
        pairs
            .query()
            .join(Thread::table(), |p, t| p.0.eq(t.user_id))
            .left_join(User::table(), |(p, _), u| u.id.eq(p.0)),
    );
}

#[test]
fn recursion() {
    let tree = recursive(
        "tree",
        Category::query().filter(|c| c.parent_id.is_null()).select(|c| NodeExprs { id: c.id, depth: 0 }),
        |tree| {
            Category::query()
                .join(tree, |c, t| c.parent_id.eq(t.id))
                .select(|(c, t)| NodeExprs { id: c.id, depth: t.depth + 1 })
        },
    );
    rows::<Node>(tree.query().filter(|n| n.depth.lt(4)));
}

#[test]
fn derived_tables() {
    rows::<(Thread, i64)>(Thread::query().join(User::query().select(|u| u.id).derived(), |t, u| t.user_id.eq(u.0)));
    rows::<(Thread, User)>(Thread::query().join(User::query().limit(3).derived(), |t, u| t.user_id.eq(u.id)));
}
