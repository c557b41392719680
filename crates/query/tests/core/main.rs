//! The typed core infers: what must compile, on tables written out by hand.

mod patch;
mod schema;
mod vocabulary;

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

/// Everything that describes a statement can be kept anywhere and sent to any thread.
#[test]
fn statements_can_be_kept_and_sent() {
    fn kept<T: Send + Sync + Clone + 'static>(_: &T) {}
    kept(&User::query());
    kept(&joined());
    kept(&User::query().left_join(User::table(), |u, v| u.id.eq(v.id)));
    kept(&User::query().group_by(|u| u.logins));
    kept(&User::query().group_by(|u| u.logins).select(|k, g| (k, g.count())));
    kept(&User::insert(NewUser { email: "a".into(), name: "b".into() }));
    kept(&User::update().filter(|u| u.id.eq(3)));
    kept(&User::delete().everywhere());
    kept(&User::query().cte("users_of_today"));
    kept(&User::query().derived());
    kept(&active::<NotNull>(<User as Table>::columns(relvar_query::ir::SourceId::fresh())));
}

#[test]
fn columns_are_eight_bytes() {
    assert_eq!(size_of::<Column<User, String>>(), 8);
}

#[test]
fn mistakes_that_types_cannot_catch_are_named() {
    use relvar_query::dialect::Sqlite;
    use relvar_query::error::BuildError;
    let mut stolen = None;
    let _ = User::query().filter(|u| {
        stolen = Some(u.id);
        u.id.eq(1)
    });
    let stolen = stolen.unwrap();
    assert_eq!(User::query().filter(|_| stolen.eq(1)).to_sql::<Sqlite>(), Err(BuildError::ForeignColumn));
    let query = User::query();
    let inside = query.clone();
    assert_eq!(
        query.filter(|u| exists(inside.filter(|v| v.id.eq(u.id)))).to_sql::<Sqlite>(),
        Err(BuildError::SourceTwice)
    );
    let none: Option<i64> = None;
    assert_eq!(User::delete().filter_opt(none, |u, id| u.id.eq(id)).to_sql::<Sqlite>(), Err(BuildError::EveryRow));
    assert_eq!(User::delete().filter(|_| all::<Portable>([])).to_sql::<Sqlite>(), Err(BuildError::EveryRow));
    assert!(User::delete().everywhere().to_sql::<Sqlite>().is_ok());
    assert_eq!(User::update().everywhere().to_sql::<Sqlite>(), Err(BuildError::NothingToSet));
    let swapped = User::query().join(User::table(), |u, v| u.id.eq(v.id)).select(|(u, v)| (v, u));
    let joined = swapped.join(User::table(), |(u, _), w| u.id.eq(w.id));
    assert!(matches!(joined.to_sql::<Sqlite>(), Err(BuildError::Clause(_))));
    let one = User::query().cte("same");
    let other = User::query().filter(|u| u.id.eq(1)).cte("same");
    let both = one.query().join(&other, |a, b| a.id.eq(b.id));
    assert_eq!(both.to_sql::<Sqlite>(), Err(BuildError::CteNameTwice("same".into())));
}

#[test]
fn debug_shows_sql_and_hides_arguments() {
    let shown = format!("{:?}", User::query().filter(|u| u.name.eq("secret")));
    assert!(shown.contains("WHERE") && !shown.contains("secret"), "{shown}");
    let shown = format!("{:?}", User::update().filter(|u| u.name.eq("secret")).set(|u| u.bio.set("secret")));
    assert!(shown.starts_with("UPDATE") && !shown.contains("secret"), "{shown}");
    let expr = <User as Table>::columns::<NotNull>(relvar_query::ir::SourceId::SCHEMA).name.eq("secret");
    assert!(!format!("{expr:?}").contains("secret"));
}

#[test]
fn windows_say_what_they_see() {
    use relvar_query::dialect::{MySql, Postgres};
    use relvar_query::expr::window::{lag, row_number, sum};
    use relvar_query::ir::FrameBound::{CurrentRow, Preceding};
    let query = User::query().select(|u| {
        (
            row_number().over(|w| w.partition_by((u.name, u.bio)).order_by((u.logins.desc(), u.id.asc()))) + 1,
            sum(u.logins).over(|w| w.order_by(u.id.asc()).rows(Preceding(2), CurrentRow)),
            lag(u.name).over(|w| w.order_by(u.id.asc())).coalesce("none"),
        )
    });
    fn is<Q: Fetchable<Row = R>, R>(_: &Q) {}
    is::<_, (i64, Option<rust_decimal::Decimal>, String)>(&query);
    let sql = query.to_sql::<Postgres>().unwrap();
    assert_eq!(
        sql,
        r#"SELECT row_number() OVER (PARTITION BY "users"."name", "users"."bio" ORDER BY "users"."logins" DESC, "users"."id" ASC) + $1, "#
            .to_owned()
            + r#"sum("users"."logins") OVER (ORDER BY "users"."id" ASC ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), "#
            + r#"coalesce(lag("users"."name") OVER (ORDER BY "users"."id" ASC), $2) FROM "users""#
    );
    let running = User::query()
        .group_by(|u| u.name)
        .select(|name, g| (name, sum(g.count()).over(|w| w.order_by(name.asc()))))
        .to_sql::<MySql>();
    assert_eq!(
        running.unwrap(),
        "SELECT `users`.`name`, sum(count(*)) OVER (ORDER BY `users`.`name` ASC) FROM `users` GROUP BY `users`.`name`"
    );
}

#[test]
fn queries_combine() {
    use relvar_query::dialect::{Postgres, Sqlite};
    let names = || User::query().select(|u| (u.id, u.name));
    let combined = names().union_all(names().filter(|u| u.id.gt(3))).union_all(names().limit(2));
    assert_eq!(
        combined.clone().to_sql::<Sqlite>().unwrap(),
        r#"SELECT "users"."id", "users"."name" FROM "users" UNION ALL "#.to_owned()
            + r#"SELECT "users_2"."id", "users_2"."name" FROM "users" AS "users_2" WHERE "users_2"."id" > ?1 UNION ALL "#
            + r#"SELECT "derived"."c0", "derived"."c1" FROM (SELECT "users_3"."id" AS "c0", "users_3"."name" AS "c1" "#
            + r#"FROM "users" AS "users_3" LIMIT ?2+0) AS "derived""#
    );
    // another operator takes what was combined before as a whole
    let sql =
        combined.except(names()).query().filter(|c| c.0.lt(9)).order_by(|c| c.1.asc()).to_sql::<Postgres>().unwrap();
    assert!(sql.contains(") AS \"derived_2\" EXCEPT (SELECT"), "{sql}");
    assert!(sql.ends_with(r#"WHERE "derived_3"."c0" < $3 ORDER BY "derived_3"."c1" ASC"#), "{sql}");
    let twice = names().union(names()).intersect(names());
    assert_eq!(twice.to_sql::<Postgres>().unwrap().matches("INTERSECT").count(), 1);
}
