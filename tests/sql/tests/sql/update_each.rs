//! UPDATE of many rows, each to values of its own.

use relvar::query::error::BuildError;
use relvar_sql_tests::prelude::*;

fn users() -> impl Fetchable<Row = (i64, String, Option<i32>), Dialect = Portable> {
    User::query().order_by(|u| u.id.asc()).select(|u| (u.id, u.name, u.age))
}

#[test]
fn by_the_primary_key() {
    change(
        |rows: [(i64, &str, Option<i32>); 2]| {
            User::update_each(rows.map(|(id, name, age)| (id, (name, age))), |u| (u.name, u.age))
        },
        users,
    )
    .postgres(
        r#"UPDATE "users"
        SET "name" = "listed"."c1", "age" = "listed"."c2"
        FROM (VALUES ($1, $2, $3), ($4, $5, $6)) AS "listed" ("c0", "c1", "c2")
        WHERE "users"."id" = "listed"."c0""#,
    )
    .mysql(
        r#"UPDATE `users`
        CROSS JOIN (VALUES ROW(CAST(? AS SIGNED), CAST(? AS CHAR), CAST(? AS SIGNED)), ROW(CAST(? AS SIGNED),
        CAST(? AS CHAR), CAST(? AS SIGNED))) AS `listed` (`c0`, `c1`, `c2`)
        SET `users`.`name` = `listed`.`c1`, `users`.`age` = `listed`.`c2`
        WHERE `users`.`id` = `listed`.`c0`"#,
    )
    .mariadb(
        r#"UPDATE `users`
        CROSS JOIN (SELECT CAST(? AS SIGNED) AS `c0`, CAST(? AS CHAR) AS `c1`, CAST(? AS SIGNED) AS `c2` UNION
        ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR), CAST(? AS SIGNED)) AS `listed`
        SET `users`.`name` = `listed`.`c1`, `users`.`age` = `listed`.`c2`
        WHERE `users`.`id` = `listed`.`c0`"#,
    )
    .sqlite(
        r#"UPDATE "users"
        SET "name" = "listed"."c1", "age" = "listed"."c2"
        FROM (SELECT column1 AS "c0", column2 AS "c1", column3 AS "c2" FROM (VALUES (?1, ?2, ?3), (?4, ?5, ?6)))
        AS "listed"
        WHERE "users"."id" = "listed"."c0""#,
    )
    .gives(
        [(1, "Anna", None), (3, "Zoe", Some(7))],
        (2, [(1, "Anna", None), (2, "Bob", Some(45)), (3, "Zoe", Some(7)), (4, "Dan O'Hara", Some(31))]),
    )
    .again(
        [(9, "none", Some(1)), (2, "Rob", Some(46))],
        (1, [(1, "Ann", Some(31)), (2, "Rob", Some(46)), (3, "Zoë", None), (4, "Dan O'Hara", Some(31))]),
    );
}

#[test]
fn by_another_key_with_a_filter() {
    change(
        |(rows, least): ([(&str, &str); 2], i32)| {
            let rows = rows.map(|(name, bio)| (format!("{name}@example.org"), Some(bio.to_owned())));
            User::update_each_by(User::EMAIL_KEY, rows, |u| u.bio)
                .filter(|u| u.age.gte(least))
                .set(|u| u.active.set(false))
        },
        || User::query().filter(|u| u.id.lte(2)).order_by(|u| u.id.asc()).select(|u| (u.bio, u.active)),
    )
    .postgres(
        r#"UPDATE "users"
        SET "bio" = "listed"."c1", "active" = $1
        FROM (VALUES ($2, $3), ($4, $5)) AS "listed" ("c0", "c1")
        WHERE "users"."email" = "listed"."c0" AND "users"."age" >= $6"#,
    )
    .mysql(
        r#"UPDATE `users`
        CROSS JOIN (VALUES ROW(CAST(? AS CHAR), CAST(? AS CHAR)), ROW(CAST(? AS CHAR), CAST(? AS CHAR))) AS
        `listed` (`c0`, `c1`)
        SET `users`.`bio` = `listed`.`c1`, `users`.`active` = ?
        WHERE `users`.`email` = `listed`.`c0` AND `users`.`age` >= ?"#,
    )
    .mariadb(
        r#"UPDATE `users`
        CROSS JOIN (SELECT CAST(? AS CHAR) AS `c0`, CAST(? AS CHAR) AS `c1` UNION ALL SELECT CAST(? AS CHAR),
        CAST(? AS CHAR)) AS `listed`
        SET `users`.`bio` = `listed`.`c1`, `users`.`active` = ?
        WHERE `users`.`email` = `listed`.`c0` AND `users`.`age` >= ?"#,
    )
    .sqlite(
        r#"UPDATE "users"
        SET "bio" = "listed"."c1", "active" = ?1
        FROM (SELECT column1 AS "c0", column2 AS "c1" FROM (VALUES (?2, ?3), (?4, ?5))) AS "listed"
        WHERE "users"."email" = "listed"."c0" AND "users"."age" >= ?6"#,
    )
    .gives(([("ann", "a"), ("bob", "b")], 40), (1, [(Some("writes 100% of it"), true), (Some("b"), false)]))
    .again(([("ANN", "x"), ("ann", "y")], 4), (1, [(Some("y"), false), (None, false)]));
}

#[test]
fn types_that_a_database_would_not_guess() {
    change(
        |rows: [(i64, (SeatKind, Option<&str>, bool)); 2]| {
            let rows = rows.map(|(id, (kind, guest, gone))| (id, (kind, guest.map(str::to_owned), gone)));
            Seat::update_each(rows, |s| (s.kind, s.guest, s.gone))
        },
        || Seat::query().order_by(|s| s.id.asc()).select(|s| (s.kind, s.guest, s.gone, s.version)),
    )
    .postgres(
        r#"UPDATE "seats"
        SET "kind" = "listed"."c1", "guest" = "listed"."c2", "gone" = "listed"."c3", "version" =
        "seats"."version" + 1
        FROM (VALUES ($1, CAST($2 AS seat_kind), $3, $4), ($5, CAST($6 AS seat_kind), $7, $8)) AS "listed" ("c0",
        "c1", "c2", "c3")
        WHERE "seats"."id" = "listed"."c0""#,
    )
    .mysql(
        r#"UPDATE `seats`
        CROSS JOIN (VALUES ROW(CAST(? AS SIGNED), CAST(? AS CHAR), CAST(? AS CHAR), ((?) <> 0)), ROW(CAST(? AS
        SIGNED), CAST(? AS CHAR), CAST(? AS CHAR), ((?) <> 0))) AS `listed` (`c0`, `c1`, `c2`, `c3`)
        SET `seats`.`kind` = `listed`.`c1`, `seats`.`guest` = `listed`.`c2`, `seats`.`gone` = `listed`.`c3`,
        `seats`.`version` = `seats`.`version` + 1
        WHERE `seats`.`id` = `listed`.`c0`"#,
    )
    .mariadb(
        r#"UPDATE `seats`
        CROSS JOIN (SELECT CAST(? AS SIGNED) AS `c0`, CAST(? AS CHAR) AS `c1`, CAST(? AS CHAR) AS `c2`, ((?) <>
        0) AS `c3` UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR), CAST(? AS CHAR), ((?) <> 0)) AS `listed`
        SET `seats`.`kind` = `listed`.`c1`, `seats`.`guest` = `listed`.`c2`, `seats`.`gone` = `listed`.`c3`,
        `seats`.`version` = `seats`.`version` + 1
        WHERE `seats`.`id` = `listed`.`c0`"#,
    )
    .sqlite(
        r#"UPDATE "seats"
        SET "kind" = "listed"."c1", "guest" = "listed"."c2", "gone" = "listed"."c3", "version" =
        "seats"."version" + 1
        FROM (SELECT column1 AS "c0", column2 AS "c1", column3 AS "c2", column4 AS "c3" FROM (VALUES (?1, ?2, ?3,
        ?4), (?5, ?6, ?7, ?8))) AS "listed"
        WHERE "seats"."id" = "listed"."c0""#,
    )
    .gives(
        [(1, (SeatKind::Aisle, None, true)), (2, (SeatKind::Aisle, Some("Eve"), false))],
        (
            2,
            [
                (SeatKind::Aisle, None, true, 2),
                (SeatKind::Aisle, Some("Eve"), false, 2),
                (SeatKind::Window, None, false, 7),
            ],
        ),
    )
    .again(
        [(3, (SeatKind::Aisle, Some("Zoë"), true)), (7, (SeatKind::Window, None, false))],
        (
            1,
            [
                (SeatKind::Window, Some("Ann"), false, 1),
                (SeatKind::Aisle, Some("Bob"), true, 1),
                (SeatKind::Aisle, Some("Zoë"), true, 8),
            ],
        ),
    );
}

#[test]
fn documents_and_points_in_time() {
    change(
        |rows: [(i64, (Json<serde_json::Value>, &str)); 2]| {
            Thread::update_each(rows.map(|(id, (data, time))| (id, (data, at(time)))), |t| (t.metadata, t.created_at))
        },
        || Thread::query().filter(|t| t.id.lte(2)).order_by(|t| t.id.asc()).select(|t| (t.metadata, t.created_at)),
    )
    .postgres(
        r#"UPDATE "threads"
        SET "metadata" = "listed"."c1", "created_at" = "listed"."c2", "updated_at" = now()
        FROM (VALUES ($1, $2, $3), ($4, $5, $6)) AS "listed" ("c0", "c1", "c2")
        WHERE "threads"."id" = "listed"."c0""#,
    )
    .mysql(
        r#"UPDATE `threads`
        CROSS JOIN (VALUES ROW(CAST(? AS SIGNED), CAST(? AS JSON), CAST(? AS DATETIME(6))),
        ROW(CAST(? AS SIGNED), CAST(? AS JSON), CAST(? AS DATETIME(6)))) AS `listed` (`c0`, `c1`,
        `c2`)
        SET `threads`.`metadata` = `listed`.`c1`, `threads`.`created_at` = `listed`.`c2`, `threads`.`updated_at`
        = CURRENT_TIMESTAMP(6)
        WHERE `threads`.`id` = `listed`.`c0`"#,
    )
    .mariadb(
        r#"UPDATE `threads`
        CROSS JOIN (SELECT CAST(? AS SIGNED) AS `c0`, CAST(? AS CHAR) AS `c1`, CAST(? AS DATETIME(6)) AS `c2`
        UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS CHAR), CAST(? AS DATETIME(6))) AS `listed`
        SET `threads`.`metadata` = `listed`.`c1`, `threads`.`created_at` = `listed`.`c2`, `threads`.`updated_at`
        = CURRENT_TIMESTAMP(6)
        WHERE `threads`.`id` = `listed`.`c0`"#,
    )
    .sqlite(
        r#"UPDATE "threads"
        SET "metadata" = "listed"."c1", "created_at" = "listed"."c2", "updated_at" = strftime('%Y-%m-%d
        %H:%M:%f000', 'now')
        FROM (SELECT column1 AS "c0", column2 AS "c1", column3 AS "c2" FROM (VALUES (?1, ?2, ?3), (?4, ?5, ?6)))
        AS "listed"
        WHERE "threads"."id" = "listed"."c0""#,
    )
    .gives(
        [
            (1, (Json(json!({"a": [1, null, "ß"]})), "2026-02-01T01:02:03.000004Z")),
            (2, (Json(json!(null)), "2020-02-29T23:59:59Z")),
        ],
        (
            2,
            [
                (Json(json!({"a": [1, null, "ß"]})), at("2026-02-01T01:02:03.000004Z")),
                (Json(json!(null)), at("2020-02-29T23:59:59Z")),
            ],
        ),
    )
    .again(
        [(8, (Json(json!(1)), "2026-02-01T00:00:00Z")), (2, (Json(json!("x")), "2026-02-01T00:00:00Z"))],
        (
            1,
            [
                (
                    Json(json!({"priority": "high", "tags": ["a", "b"], "owner": {"name": "Ann"}})),
                    at("2026-01-15T08:30:15.25Z"),
                ),
                (Json(json!("x")), at("2026-02-01T00:00:00Z")),
            ],
        ),
    );
}

type Figures = (i16, Option<i32>, f64, Option<Decimal>, Option<bool>);

#[test]
fn numbers() {
    change(
        |rows: [(i64, Figures); 2]| Number::update_each(rows, |n| (n.small, n.int, n.real, n.exact, n.flag)),
        || {
            Number::query()
                .filter(|n| n.id.lte(2))
                .order_by(|n| n.id.asc())
                .select(|n| (n.small, n.int, n.real, n.exact, n.flag))
        },
    )
    .postgres(
        r#"UPDATE "numbers"
        SET "small" = "listed"."c1", "int" = "listed"."c2", "real" = "listed"."c3", "exact" = "listed"."c4",
        "flag" = "listed"."c5"
        FROM (VALUES ($1, $2, $3, $4, $5, $6), ($7, $8, $9, $10, $11, $12)) AS "listed" ("c0", "c1", "c2", "c3",
        "c4", "c5")
        WHERE "numbers"."id" = "listed"."c0""#,
    )
    .mysql(
        r#"UPDATE `numbers`
        CROSS JOIN (VALUES ROW(CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS DOUBLE), CAST(?
        AS DECIMAL(65, 28)), ((?) <> 0)), ROW(CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS
        DOUBLE), CAST(? AS DECIMAL(65, 28)), ((?) <> 0))) AS `listed` (`c0`, `c1`, `c2`, `c3`, `c4`, `c5`)
        SET `numbers`.`small` = `listed`.`c1`, `numbers`.`int` = `listed`.`c2`, `numbers`.`real` = `listed`.`c3`,
        `numbers`.`exact` = `listed`.`c4`, `numbers`.`flag` = `listed`.`c5`
        WHERE `numbers`.`id` = `listed`.`c0`"#,
    )
    .mariadb(
        r#"UPDATE `numbers`
        CROSS JOIN (SELECT CAST(? AS SIGNED) AS `c0`, CAST(? AS SIGNED) AS `c1`, CAST(? AS SIGNED) AS `c2`,
        CAST(? AS DOUBLE) AS `c3`, CAST(? AS DECIMAL(65, 28)) AS `c4`, ((?) <> 0) AS `c5` UNION ALL SELECT CAST(?
        AS SIGNED), CAST(? AS SIGNED), CAST(? AS SIGNED), CAST(? AS DOUBLE), CAST(? AS DECIMAL(65, 28)), ((?) <>
        0)) AS `listed`
        SET `numbers`.`small` = `listed`.`c1`, `numbers`.`int` = `listed`.`c2`, `numbers`.`real` = `listed`.`c3`,
        `numbers`.`exact` = `listed`.`c4`, `numbers`.`flag` = `listed`.`c5`
        WHERE `numbers`.`id` = `listed`.`c0`"#,
    )
    .sqlite(
        r#"UPDATE "numbers"
        SET "small" = "listed"."c1", "int" = "listed"."c2", "real" = "listed"."c3", "exact" = "listed"."c4",
        "flag" = "listed"."c5"
        FROM (SELECT column1 AS "c0", column2 AS "c1", column3 AS "c2", column4 AS "c3", column5 AS "c4", column6
        AS "c5" FROM (VALUES (?1, ?2, ?3, ?4, ?5, ?6), (?7, ?8, ?9, ?10, ?11, ?12))) AS "listed"
        WHERE "numbers"."id" = "listed"."c0""#,
    )
    .gives(
        [
            (1, (-32_768, None, 1e300, Some(decimal("123456789012345678.95")), None)),
            (2, (32_767, Some(i32::MIN), -0.1, None, Some(true))),
        ],
        (
            2,
            [
                (-32_768, None, 1e300, Some(decimal("123456789012345678.95")), None),
                (32_767, Some(i32::MIN), -0.1, None, Some(true)),
            ],
        ),
    )
    .again(
        [(1, (1, Some(2), 3.5, Some(decimal("4.25")), Some(false))), (5, (1, None, 0.0, None, None))],
        (1, [(1, Some(2), 3.5, Some(decimal("4.25")), Some(false)), (-7, None, -2.5, None, None)]),
    );
}

#[test]
fn dates_and_times() {
    type Times = (Option<DateTime<Utc>>, NaiveDateTime, NaiveDate, NaiveTime);
    let times = |text: &str, ended: bool| -> Times {
        let time = at(text);
        (ended.then_some(time), time.naive_utc(), time.date_naive(), time.time())
    };
    change(
        |rows: [(i64, Times); 2]| Event::update_each(rows, |e| (e.ended, e.local, e.day, e.clock)),
        || Event::query().order_by(|e| e.id.asc()).limit(2).select(|e| (e.ended, e.local, e.day, e.clock)),
    )
    .postgres(
        r#"UPDATE "events"
        SET "ended" = "listed"."c1", "local" = "listed"."c2", "day" = "listed"."c3", "clock" = "listed"."c4"
        FROM (VALUES ($1, $2, $3, $4, $5), ($6, $7, $8, $9, $10)) AS "listed" ("c0", "c1", "c2", "c3", "c4")
        WHERE "events"."id" = "listed"."c0""#,
    )
    .mysql(
        r#"UPDATE `events`
        CROSS JOIN (VALUES ROW(CAST(? AS SIGNED), CAST(? AS DATETIME(6)), CAST(? AS DATETIME(6)), CAST(? AS
        DATE), CAST(? AS TIME(6))), ROW(CAST(? AS SIGNED), CAST(? AS DATETIME(6)), CAST(? AS DATETIME(6)), CAST(?
        AS DATE), CAST(? AS TIME(6)))) AS `listed` (`c0`, `c1`, `c2`, `c3`, `c4`)
        SET `events`.`ended` = `listed`.`c1`, `events`.`local` = `listed`.`c2`, `events`.`day` = `listed`.`c3`,
        `events`.`clock` = `listed`.`c4`
        WHERE `events`.`id` = `listed`.`c0`"#,
    )
    .mariadb(
        r#"UPDATE `events`
        CROSS JOIN (SELECT CAST(? AS SIGNED) AS `c0`, CAST(? AS DATETIME(6)) AS `c1`, CAST(? AS DATETIME(6)) AS
        `c2`, CAST(? AS DATE) AS `c3`, CAST(? AS TIME(6)) AS `c4` UNION ALL SELECT CAST(? AS SIGNED), CAST(? AS
        DATETIME(6)), CAST(? AS DATETIME(6)), CAST(? AS DATE), CAST(? AS TIME(6))) AS `listed`
        SET `events`.`ended` = `listed`.`c1`, `events`.`local` = `listed`.`c2`, `events`.`day` = `listed`.`c3`,
        `events`.`clock` = `listed`.`c4`
        WHERE `events`.`id` = `listed`.`c0`"#,
    )
    .sqlite(
        r#"UPDATE "events"
        SET "ended" = "listed"."c1", "local" = "listed"."c2", "day" = "listed"."c3", "clock" = "listed"."c4"
        FROM (SELECT column1 AS "c0", column2 AS "c1", column3 AS "c2", column4 AS "c3", column5 AS "c4" FROM
        (VALUES (?1, ?2, ?3, ?4, ?5), (?6, ?7, ?8, ?9, ?10))) AS "listed"
        WHERE "events"."id" = "listed"."c0""#,
    )
    .gives(
        [(1, times("2026-05-06T07:08:09.000001Z", false)), (2, times("1999-12-31T23:59:59.999999Z", true))],
        (2, [times("2026-05-06T07:08:09.000001Z", false), times("1999-12-31T23:59:59.999999Z", true)]),
    )
    .again(
        [(2, times("2000-01-01T00:00:00Z", false)), (1, times("2001-01-01T00:00:00.5Z", true))],
        (2, [times("2001-01-01T00:00:00.5Z", true), times("2000-01-01T00:00:00Z", false)]),
    );
}

#[test]
fn the_rows_that_were_changed() {
    query(|rows: [(i64, &str); 2]| Person::update_each(rows, |p| p.name).returning_as(|p| (p.id, p.name)))
        .postgres(
            r#"UPDATE "users"
        SET "name" = "listed"."c1"
        FROM (VALUES ($1, $2), ($3, $4)) AS "listed" ("c0", "c1")
        WHERE "users"."id" = "listed"."c0"
        RETURNING "users"."id", "users"."name""#,
        )
        .mysql_and_mariadb(DoesNotCompile)
        .sqlite(
            r#"UPDATE "users"
        SET "name" = "listed"."c1"
        FROM (SELECT column1 AS "c0", column2 AS "c1" FROM (VALUES (?1, ?2), (?3, ?4))) AS "listed"
        WHERE "users"."id" = "listed"."c0"
        RETURNING "users"."id", "users"."name""#,
        )
        .gives([(1, "Anna"), (8, "none")], [(1, "Anna")])
        .again([(7, "none"), (2, "Rob")], [(2, "Rob")]);
}

fn error<S: Statement<Dialect = Portable>>(statement: S) -> BuildError {
    statement.to_sql::<Sqlite>().unwrap_err()
}

#[test]
fn mistakes_are_named() {
    let twice = User::update_each([(1, "a"), (2, "b"), (1, "c")], |u| u.name);
    assert_eq!(error(twice).to_string(), "two rows of `update_each` have the same key");
    let key = User::update_each_by(User::EMAIL_KEY, [("a", "b")], |u| u.email);
    assert_eq!(error(key).to_string(), "`update_each` finds rows by their key: it cannot set a column of the key");
    let column = User::update_each([(1, ("a", "b"))], |u| (u.name, u.name));
    assert_eq!(error(column).to_string(), "`update_each` sets a column twice");
    let other = User::query().select(|u| u.email);
    let expression = User::update_each_by(User::EMAIL_KEY, [(other, "b")], |u| u.name);
    assert_eq!(error(expression).to_string(), "a key of `update_each` is an expression, not a value");
    let none: [(i64, &str); 0] = [];
    assert_eq!(error(User::update_each(none, |u| u.name)), BuildError::NoRows);
}
