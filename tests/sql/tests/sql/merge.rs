//! MERGE.

use relvar::query::error::BuildError;
use relvar_sql_tests::prelude::*;

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = User)]
struct Arrival {
    id: i64,
    email: String,
    name: String,
    age: Option<i32>,
    active: bool,
}

type Given = (i64, String, Option<i32>);

fn given<const N: usize>(rows: [(i64, &str, Option<i32>); N]) -> Vec<Given> {
    rows.map(|(id, name, age)| (id, name.to_owned(), age)).into()
}

fn users() -> impl Fetchable<Row = (i64, String, Option<i32>), Dialect = Portable> {
    User::query().order_by(|u| u.id.asc()).select(|u| (u.id, u.name, u.age))
}

#[test]
fn rows_of_values_are_updated_or_inserted() {
    change(
        |rows: Vec<Given>| {
            User::merge()
                .only_on::<Postgres>()
                .using(values(rows), |u, row| u.id.eq(row.0))
                .when_matched()
                .update(|u, row| (u.name.set(row.1), u.age.set(row.2.coalesce(u.age))))
                .when_not_matched()
                .insert(|row| ArrivalExprs { id: row.0, email: row.1.lower(), name: row.1, age: row.2, active: true })
        },
        users,
    )
    .postgres(
        r#"MERGE INTO "users" USING (VALUES ($1, $2, $3), ($4, $5, $6)) AS "listed" ("c0", "c1", "c2") ON
        "users"."id" = "listed"."c0" WHEN MATCHED THEN UPDATE
        SET "name" = "listed"."c1", "age" = coalesce("listed"."c2", "users"."age") WHEN NOT MATCHED THEN INSERT
        ("id", "email", "name", "age", "active")
        VALUES ("listed"."c0", lower("listed"."c1"), "listed"."c1", "listed"."c2", $7)"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        given([(1, "Anna", None), (9, "Eve", Some(20))]),
        (
            2,
            [
                (1, "Anna", Some(31)),
                (2, "Bob", Some(45)),
                (3, "Zoë", None),
                (4, "Dan O'Hara", Some(31)),
                (9, "Eve", Some(20)),
            ],
        ),
    )
    .again(
        given([(3, "Zoe", Some(7)), (4, "Dan", None)]),
        (2, [(1, "Ann", Some(31)), (2, "Bob", Some(45)), (3, "Zoe", Some(7)), (4, "Dan", Some(31))]),
    );
}

#[test]
fn the_first_branch_that_fits_a_row_is_done() {
    change(
        |(gone, kept): (i32, &str)| {
            let before = User::query().filter(|u| u.id.gte(3)).select(|u| (u.id + 1, u.age));
            User::merge()
                .only_on::<Postgres>()
                .using(before.derived(), |u, row| u.id.eq(row.0))
                .when_matched_and(|u, _| u.name.eq(kept))
                .do_nothing()
                .when_matched_and(|u, row| u.age.gte(gone) | row.1.gte(gone))
                .delete()
                .when_matched()
                .update(|u, row| u.age.set(row.1))
                .when_not_matched()
                .do_nothing()
        },
        users,
    )
    .postgres(
        r#"MERGE INTO "users" USING (SELECT "users_2"."id" + $1 AS "c0", "users_2"."age" AS "c1" FROM "users" AS
        "users_2" WHERE "users_2"."id" >= $2) AS "derived" ON "users"."id" = "derived"."c0" WHEN MATCHED AND
        ("users"."name" = $3) THEN DO NOTHING WHEN MATCHED AND ("users"."age" >= $4 OR "derived"."c1" >= $5) THEN
        DELETE WHEN MATCHED THEN UPDATE
        SET "age" = "derived"."c1" WHEN NOT MATCHED THEN DO NOTHING"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((46, "Bob"), (1, [(1, "Ann", Some(31)), (2, "Bob", Some(45)), (3, "Zoë", None), (4, "Dan O'Hara", None)]))
    .again((31, "Bob"), (1, [(1, "Ann", Some(31)), (2, "Bob", Some(45)), (3, "Zoë", None)]));
}

#[test]
fn a_table_fills_in_its_times() {
    change(
        |(from, title): (i64, &str)| {
            Thread::merge()
                .only_on::<Postgres>()
                .using(User::table(), |t, u| t.id.eq(u.id + from))
                .when_matched_and(|t, _| t.id.eq(4))
                .update(|t, u| t.title.set(u.name))
                .when_not_matched_and(|u| u.name.eq("Bob"))
                .insert(|u| NewThreadExprs { id: u.id + from, user_id: u.id, title, metadata: Json(json!({})) })
        },
        || {
            Thread::query().filter(|t| t.id.gte(4)).order_by(|t| t.id.asc()).select(|t| {
                let fresh = |at: Column<Thread, DateTime<Utc>>| at.gt(now() - Interval::hours(1)).is_true();
                (t.title, fresh(t.created_at), fresh(t.updated_at))
            })
        },
    )
    .postgres(
        r#"MERGE INTO "threads" USING "users" ON "threads"."id" = "users"."id" + $1 WHEN MATCHED AND ("threads"."id"
        = $2) THEN UPDATE
        SET "title" = "users"."name", "updated_at" = now() WHEN NOT MATCHED AND ("users"."name" = $3) THEN INSERT
        ("id", "user_id", "title", "metadata", "created_at", "updated_at")
        VALUES ("users"."id" + $4, "users"."id", $5, $6, now(), now())"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((3, "new"), (2, [("Ann", false, true), ("new", true, true)]))
    .again((5, "x"), (1, [("Größe 🦀", false, false), ("x", true, true)]));
}

#[test]
fn rows_of_a_common_table_expression() {
    change(
        |name: &str| {
            let active = Person::query().filter(|p| p.active.eq(true)).select(|p| (p.id, p.age)).cte("active");
            Person::merge()
                .only_on::<Postgres>()
                .using(&active, |p, a| p.id.eq(a.0))
                .when_matched_and(|_, a| a.1.is_null())
                .update(|p, _| p.name.set(name))
        },
        || Person::query().order_by(|p| p.id.asc()).select(|p| p.name),
    )
    .postgres(
        r#"WITH "active" ("c0", "c1") AS (SELECT "users_2"."id", "users_2"."age" FROM "users" AS "users_2" WHERE
        "users_2"."active" = $1) MERGE INTO "users" USING "active" ON "users"."id" = "active"."c0" WHEN MATCHED
        AND ("active"."c1" IS NULL) THEN UPDATE
        SET "name" = $2"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("x", (1, ["Ann", "Bob", "x", "Dan O'Hara"]))
    .again("y", (1, ["Ann", "Bob", "y", "Dan O'Hara"]));
}

#[test]
fn a_row_of_the_source_as_it_is() {
    change(
        |more: i64| {
            let later = Counter::query().select(|c| LaterExprs { id: c.id + more, hits: c.hits }).derived();
            Counter::merge()
                .only_on::<Postgres>()
                .using(later, |c, l| c.id.eq(l.id))
                .when_not_matched()
                .insert(|l| l)
                .when_matched()
                .delete()
        },
        || Counter::query().order_by(|c| c.id.asc()).select(|c| (c.id, c.hits, c.label)),
    )
    .postgres(
        r#"MERGE INTO "counters" USING (SELECT "counters_2"."id" + $1 AS "id", "counters_2"."hits" AS "hits" FROM
        "counters" AS "counters_2") AS "derived" ON "counters"."id" = "derived"."id" WHEN NOT MATCHED THEN INSERT
        ("id", "hits")
        VALUES ("derived"."id", "derived"."hits") WHEN MATCHED THEN
        DELETE"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(8, (1, [(1, 5, "five"), (9, 5, "none")]))
    .again(0, (1, [(0i64, 0i64, ""); 0]));
}

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Counter)]
struct Later {
    id: i64,
    hits: i64,
}

fn error(statement: impl Statement<Dialect = Postgres>) -> BuildError {
    statement.to_sql::<Postgres>().unwrap_err()
}

#[test]
fn a_branch_for_rows_that_are_not_there_does_not_see_them() {
    let mut smuggled = None;
    let merge =
        User::merge().only_on::<Postgres>().using(Counter::table(), |u, c| u.id.eq(c.id)).when_matched().update(
            |u, c| {
                smuggled = Some(u.name);
                u.age.set(c.hits.cast::<i32>())
            },
        );
    let name = smuggled.unwrap();
    let inserts = merge.clone().when_not_matched().insert(|c| ArrivalExprs {
        id: c.id,
        email: name,
        name: "x",
        age: None,
        active: true,
    });
    assert_eq!(error(inserts), BuildError::ForeignColumn);
    assert_eq!(error(merge.when_not_matched_and(|_| name.eq("x")).do_nothing()), BuildError::ForeignColumn);
}

#[test]
fn a_branch_that_cannot_be_reached_is_a_mistake() {
    let merge = || User::merge().only_on::<Postgres>().using(Counter::table(), |u, c| u.id.eq(c.id));
    let behind = merge().when_matched().do_nothing().when_not_matched().do_nothing().when_matched().delete();
    assert_eq!(error(behind).to_string(), "a branch of MERGE stands behind one that takes all its rows");
    let nothing = merge().when_matched().update(|u, _| None::<&str>.map(|name| u.name.set(name)));
    assert_eq!(error(nothing), BuildError::NothingToSet);
}
