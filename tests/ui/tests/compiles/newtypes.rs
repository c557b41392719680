//! Keys and enums of one's own, in conditions, arithmetic, rows and assignments.

use relvar::prelude::*;
use schema::*;

use crate::{rows, sql};

#[derive(Row, Debug)]
#[allow(dead_code, reason = "only its type matters")]
struct Owner {
    id: MemberId,
    boss: Option<MemberId>,
    status: Status,
}

#[test]
fn newtypes() {
    let id = MemberId(1);
    rows::<Member>(
        Member::query()
            .filter(|m| m.id.eq(id) & m.boss.eq(m.id))
            .filter(|m| m.status.in_list([Status::Active, Status::Gone]))
            .filter(|m| m.id.raw().eq(5) & m.boss.raw().gt(m.id.raw())),
    );
    rows::<(Member, Option<Team>)>(Member::query().left_join(Team::table(), |m, t| m.team_id.eq(t.id)));
    rows::<(Money, Option<MemberId>)>(Member::query().select(|m| (m.pay + Money(2), m.boss)));
    let owners = Member::query().select(|m| OwnerExprs { id: m.id, boss: m.id, status: Status::Gone }).cte("owners");
    rows::<(Member, Owner)>(Member::query().join(&owners, |m, o| m.boss.eq(o.id)));
    rows::<(Member, TeamId)>(Member::query().join(Team::query().select(|t| t.id).derived(), |m, t| m.team_id.eq(t.0)));
    sql(Member::update().set(|m| (m.boss.set(id), m.status.set(Status::Active))).filter(|m| m.id.eq(&id)));
}
