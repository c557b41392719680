//! Joins: eight sources, outer joins that retype what was in scope, a scope of one's own.

use relvar::prelude::*;
use schema::*;

use crate::{rows, sql};

/// The scope of an 8-way join, by name.
#[derive(Clone, Copy)]
struct Q8 {
    t: ThreadColumns,
    author: UserColumns,
    reviewer: UserColumns<Nullable>,
    root: CategoryColumns,
    parent: CategoryColumns<Nullable>,
    team: TeamColumns,
    member: MemberColumns,
    boss: MemberColumns<Nullable>,
}
impl Scope for Q8 {}

#[test]
fn eight_ways() {
    let joined = Thread::query()
        .join(User::table(), |t, u| t.user_id.eq(u.id))
        .left_join(User::table(), |(t, _), r| t.replies.eq(r.id))
        .join(Category::table(), |(t, ..), c| t.id.eq(c.id))
        .left_join(Category::table(), |(.., c), p| c.parent_id.eq(p.id))
        .cross_join(Team::table())
        .join(Member::table(), |(.., team), m| m.team_id.eq(team.id))
        .left_join(Member::table(), |(.., m), b| m.boss.eq(b.id));
    rows::<(Thread, User, Option<User>, Category, Option<Category>, Team, Member, Option<Member>)>(joined.clone());
    let named = joined
        .scope(|(t, author, reviewer, root, parent, team, member, boss)| Q8 {
            t,
            author,
            reviewer,
            root,
            parent,
            team,
            member,
            boss,
        })
        .filter(|q| q.reviewer.name.ne(q.author.name) & q.parent.id.is_null() & q.root.id.gt(q.team.size))
        .order_by(|q| (q.t.created_at.desc(), q.member.pay.asc()))
        .select(|q| (q.t.title, q.reviewer.name, q.boss.status));
    assert_eq!(sql(named.clone()).matches("JOIN").count(), 7);
    rows::<(String, Option<String>, Option<Status>)>(named);
}

#[test]
fn right_and_full_joins_retype_what_was_in_scope() {
    let right = Thread::query().right_join(User::table(), |t, u| t.user_id.eq(u.id));
    rows::<(Option<Thread>, User)>(right.clone());
    rows::<(Option<String>, Option<f64>, String)>(right.clone().select(|(t, u)| (t.title, t.score, u.name)));
    let full = right.full_join(Category::table(), |(t, _), c| t.id.eq(c.id));
    rows::<(Option<Thread>, Option<User>, Option<Category>)>(full.clone());
    rows::<(Option<i64>, Option<String>, Option<i64>)>(full.select(|(t, u, c)| (t.id, u.name, c.parent_id)));
}

#[test]
fn a_table_beside_itself() {
    let pairs = Category::query().join(Category::table(), |c, p| c.parent_id.eq(p.id)).select(|(c, p)| (c.id, p.id));
    rows::<(i64, i64)>(pairs.clone());
    rows::<(Thread, Option<User>, User)>(
        Thread::query()
            .left_join(User::table(), |t, u| t.user_id.eq(u.id))
            .join(User::table(), |(_, u), v| u.id.eq(v.id)),
    );
}
