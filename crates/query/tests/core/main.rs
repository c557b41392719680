//! The typed core infers: what must compile, on tables written out by hand.

mod schema;

use relvar_query::dialect::Portable;
use relvar_query::expr::*;
use relvar_query::source::*;
use relvar_query::statement::*;
use relvar_query::types::*;
use schema::*;

fn active<N: Nullness>(u: UserColumns<N>) -> Condition<Portable> {
    u.bio.is_null() & u.logins.gt(3) | u.name.eq("x")
}

fn joined() -> Rows<(User, Option<User>), Portable> {
    User::query().left_join(User::table(), |u, v| u.id.eq(v.id)).filter(|(u, v)| active(u) & active(v)).rows()
}

#[test]
fn infers() {
    fn is<Q: Fetchable<Row = R>, R>(_: Q) {}
    is::<_, User>(User::query().filter(active).filter_opt(Some("x"), |u, w| u.name.eq(w)));
    is::<_, (User, Option<User>)>(joined());
    is::<_, (Option<User>, User)>(User::query().right_join(User::table(), |u, v| u.id.eq(v.id)));
    is::<_, (String, Option<String>)>(
        User::query().left_join(User::table(), |u, v| u.id.eq(v.id)).select(|(u, v)| (u.name, v.email)),
    );
    is::<_, (i64, i64, Option<rust_decimal::Decimal>)>(
        User::query()
            .group_by(|u| u.logins)
            .having(|_, g| g.count().gt(3))
            .order_by(|_, g| g.count().desc())
            .select(|k, g| (k, g.count(), g.sum(|u| u.id))),
    );
    is::<_, Summary>(User::query().select(|u| SummaryExprs { title: u.name, author: u.bio }));
    is::<_, Summary>(User::query().select(|u| SummaryExprs { title: "x", author: u.name }));
    let cte = User::query().select(|u| SummaryExprs { title: u.name, author: u.bio }).cte("s");
    is::<_, (User, Summary)>(User::query().join(&cte, |u, s| u.name.eq(s.title)).filter(|(_, s)| s.author.eq("x")));
    is::<_, (User, Option<Summary>)>(User::query().left_join(&cte, |u, s| u.name.eq(s.title)));
    is::<_, (User, i64)>(User::query().join(User::query().select(|u| u.id).derived(), |u, d| u.id.eq(d.0)));
    let tree = recursive("t", User::query().select(|u| (u.id, value(0i64))), |t| t.query().select(|t| (t.0, t.1 + 1)));
    is::<_, (i64, i64)>(tree.query().filter(|t| t.1.lt(4)));
    is::<_, User>(User::query().filter(|u| exists(User::query().filter(|v| v.id.eq(u.id)))));
    is::<_, (String, i64, Option<i64>, bool)>(User::query().select(|u| {
        (u.bio.coalesce("none"), 2 * u.logins + u.id, case().when(u.id.gt(3), u.id).end(), u.id.eq(1).is_true())
    }));
    let list = |c: Vec<Condition<Portable>>| User::query().filter(|_| all(c));
    is::<_, User>(list(vec![]));
    is::<_, User>(User::query().filter(|u| u.id.in_list([1, 2, 3]) & u.name.in_list(vec!["a"])));
    is::<_, i64>(User::query().select(|u| u.id).distinct().limit(3));
    let _ = User::insert(NewUser { email: "a".into(), name: "b".into() });
    let _ =
        User::update().filter(|u| u.id.eq(3)).set(|u| (u.name.set("x"), u.bio.set(None), u.logins.set(u.logins + 1)));
    let _ = User::delete().filter_opt(Some(3), |u, id| u.id.eq(id));
}

#[test]
fn prints() {
    let p = |s: Result<String, _>| println!("{}", s.unwrap());
    p(User::query()
        .filter(active)
        .filter_opt(Some("x"), |u, w| u.name.eq(w))
        .limit(3)
        .to_sql::<relvar_query::dialect::Sqlite>());
    p(joined().to_sql::<relvar_query::dialect::Postgres>());
    p(User::query()
        .group_by(|u| u.logins)
        .having(|_, g| g.count().gt(3))
        .order_by(|_, g| g.count().desc())
        .select(|k, g| (k, g.count(), g.sum(|u| u.id)))
        .to_sql::<relvar_query::dialect::Postgres>());
    let cte = User::query().select(|u| SummaryExprs { title: u.name, author: u.bio }).cte("s");
    p(User::query()
        .join(&cte, |u, s| u.name.eq(s.title))
        .filter(|(_, s)| s.author.eq("x"))
        .to_sql::<relvar_query::dialect::Postgres>());
    let tree = recursive("t", User::query().select(|u| (u.id, value(0i64))), |t| t.query().select(|t| (t.0, t.1 + 1)));
    p(tree.query().filter(|t| t.1.lt(4)).to_sql::<relvar_query::dialect::Postgres>());
    p(User::query()
        .filter(|u| exists(User::query().filter(|v| v.id.eq(u.id))))
        .to_sql::<relvar_query::dialect::Postgres>());
    p(User::update()
        .filter(|u| u.id.eq(3))
        .set(|u| (u.name.set("x"), u.bio.set(None), u.logins.set(u.logins + 1)))
        .to_sql::<relvar_query::dialect::Postgres>());
    println!("{:?}", User::query().filter(|u| u.id.in_list([1, 2, 3]) & u.name.in_list(vec!["a"])));
}
