//! UPDATE: values, expressions, patches, subqueries, joins; RETURNING.

use relvar_sql_tests::prelude::*;

fn users() -> impl Fetchable<Row = (i64, String, Option<i32>), Dialect = Portable> {
    User::query().order_by(|u| u.id.asc()).select(|u| (u.id, u.name, u.age))
}

#[test]
fn values_and_null() {
    change(
        |(id, name, age): (i64, &str, Option<i32>)| {
            User::update().filter(|u| u.id.eq(id)).set(|u| (u.name.set(name), u.age.set(age), u.bio.set(None)))
        },
        || User::query().filter(|u| u.id.lte(2)).order_by(|u| u.id.asc()).select(|u| (u.name, u.age, u.bio)),
    )
    .postgres(r#"UPDATE "users" SET "name" = $1, "age" = $2, "bio" = $3 WHERE "users"."id" = $4"#)
    .mysql_and_mariadb(r#"UPDATE `users` SET `name` = ?, `age` = ?, `bio` = ? WHERE `users`.`id` = ?"#)
    .sqlite(r#"UPDATE "users" SET "name" = ?1, "age" = ?2, "bio" = ?3 WHERE "users"."id" = ?4"#)
    .gives((1, "A", Some(1)), (1, [("A", Some(1), None), ("Bob", Some(45), None::<&str>)]))
    .again((2, "B", None), (1, [("Ann", Some(31), Some("writes 100% of it")), ("B", None, None)]));
}

#[test]
fn expressions_of_the_row() {
    change(
        |(more, end): (i32, &str)| {
            User::update()
                .filter(|u| u.active)
                .set(|u| (u.age.set(u.age + more), u.name.set(u.name.lower().concat(end))))
        },
        users,
    )
    .postgres(
        r#"UPDATE "users"
        SET "age" = "users"."age" + $1, "name" = lower("users"."name") || $2
        WHERE "users"."active""#,
    )
    .mysql_and_mariadb(
        r#"UPDATE `users`
        SET `age` = `users`.`age` + ?, `name` = CONCAT(lower(`users`.`name`), ?)
        WHERE `users`.`active`"#,
    )
    .sqlite(
        r#"UPDATE "users"
        SET "age" = "users"."age" + ?1, "name" = lower("users"."name") || ?2
        WHERE "users"."active""#,
    )
    .gives(
        (1, "!"),
        (3, [(1, "ann!", Some(32)), (2, "Bob", Some(45)), (3, "zoë!", None), (4, "dan o'hara!", Some(32))]),
    )
    .again((-1, ""), (3, [(1, "ann", Some(30)), (2, "Bob", Some(45)), (3, "zoë", None), (4, "dan o'hara", Some(30))]));
}

#[test]
fn every_row_when_that_is_meant() {
    change(|age: i32| User::update().everywhere().set(|u| u.age.set(age)), users)
        .postgres(r#"UPDATE "users" SET "age" = $1"#)
        .mysql_and_mariadb(r#"UPDATE `users` SET `age` = ?"#)
        .sqlite(r#"UPDATE "users" SET "age" = ?1"#)
        .gives(1, (4, [(1, "Ann", Some(1)), (2, "Bob", Some(1)), (3, "Zoë", Some(1)), (4, "Dan O'Hara", Some(1))]))
        .again(2, (4, [(1, "Ann", Some(2)), (2, "Bob", Some(2)), (3, "Zoë", Some(2)), (4, "Dan O'Hara", Some(2))]));
}

#[test]
fn several_filters_of_which_some_are_absent() {
    change(
        |(least, most, name): (Option<i64>, Option<i64>, &str)| {
            User::update()
                .filter_opt(least, |u, id| u.id.gte(id))
                .filter_opt(most, |u, id| u.id.lte(id))
                .set(|u| u.name.set(name))
        },
        || User::query().order_by(|u| u.id.asc()).select(|u| u.name),
    )
    .postgres(r#"UPDATE "users" SET "name" = $1 WHERE "users"."id" >= $2"#)
    .mysql_and_mariadb(r#"UPDATE `users` SET `name` = ? WHERE `users`.`id` >= ?"#)
    .sqlite(r#"UPDATE "users" SET "name" = ?1 WHERE "users"."id" >= ?2"#)
    .gives((Some(3), None, "x"), (2, ["Ann", "Bob", "x", "x"]))
    .again((Some(4), None, "y"), (1, ["Ann", "Bob", "Zoë", "y"]));
}

#[test]
fn assignments_chosen_at_run_time() {
    change(
        |(id, name, age): (i64, &str, Option<i32>)| {
            User::update()
                .filter(|u| u.id.eq(id))
                .set(|u| vec![u.name.set(name)])
                .set(|u| age.map(|age| u.age.set(age)))
                .set(|u| u.active.set(u.age.gt(40).is_true()))
        },
        || User::query().filter(|u| u.id.lte(2)).order_by(|u| u.id.asc()).select(|u| (u.name, u.age, u.active)),
    )
    .postgres(r#"UPDATE "users" SET "name" = $1, "active" = ("users"."age" > $2) IS TRUE WHERE "users"."id" = $3"#)
    .mysql_and_mariadb(
        r#"UPDATE `users` SET `name` = ?, `active` = (`users`.`age` > ?) IS TRUE WHERE `users`.`id` = ?"#,
    )
    .sqlite(r#"UPDATE "users" SET "name" = ?1, "active" = ("users"."age" > ?2) IS TRUE WHERE "users"."id" = ?3"#)
    .gives((1, "A", None), (1, [("A", Some(31), false), ("Bob", Some(45), false)]))
    .again((2, "B", None), (1, [("Ann", Some(31), true), ("B", Some(45), true)]));
}

#[test]
fn a_patch_sets_what_it_does_not_leave() {
    change(
        |(id, note): (i64, Option<&'static str>)| {
            let patch =
                ThreadPatch { note: Set::To(note.map(str::to_owned)), done: Set::To(true), ..ThreadPatch::default() };
            Thread::update().patch(patch).filter(|t| t.id.eq(id))
        },
        || {
            Thread::query()
                .filter(|t| t.id.lte(3))
                .order_by(|t| t.id.asc())
                .select(|t| (t.title, t.note, t.done, t.updated_at.gt(now() - Interval::hours(1)).is_true()))
        },
    )
    .postgres(r#"UPDATE "threads" SET "note" = $1, "done" = $2, "updated_at" = now() WHERE "threads"."id" = $3"#)
    .mysql_and_mariadb(
        r#"UPDATE `threads`
        SET `note` = ?, `done` = ?, `updated_at` = CURRENT_TIMESTAMP(6)
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"UPDATE "threads"
        SET "note" = ?1, "done" = ?2, "updated_at" = strftime('%Y-%m-%d %H:%M:%f000', 'now')
        WHERE "threads"."id" = ?3"#,
    )
    .gives(
        (1, Some("seen")),
        (
            1,
            [
                ("Hello", Some("seen"), true, true),
                ("100% sure", None, true, false),
                ("snake_case", Some("second"), false, false),
            ],
        ),
    )
    .again(
        (3, None),
        (
            1,
            [
                ("Hello", Some("first"), false, false),
                ("100% sure", None, true, false),
                ("snake_case", None::<&str>, true, true),
            ],
        ),
    );
}

#[test]
fn a_time_that_is_set_is_not_stamped() {
    change(
        |(id, time): (i64, DateTime<Utc>)| Thread::update().filter(|t| t.id.eq(id)).set(|t| t.updated_at.set(time)),
        || Thread::query().filter(|t| t.id.eq(1)).select(|t| t.updated_at),
    )
    .postgres(r#"UPDATE "threads" SET "updated_at" = $1 WHERE "threads"."id" = $2"#)
    .mysql_and_mariadb(r#"UPDATE `threads` SET `updated_at` = ? WHERE `threads`.`id` = ?"#)
    .sqlite(r#"UPDATE "threads" SET "updated_at" = ?1 WHERE "threads"."id" = ?2"#)
    .gives((1, at("2000-01-01T00:00:00Z")), (1, [at("2000-01-01T00:00:00Z")]))
    .again((2, at("2001-01-01T00:00:00Z")), (1, [at("2026-02-01T00:00:00Z")]));
}

#[test]
fn every_update_raises_the_version() {
    change(
        |(room, guest): (&str, Option<&'static str>)| {
            let guest = guest.map(str::to_owned);
            Seat::update().filter(|s| s.room.eq(room)).set(|s| (s.guest.set(guest), s.kind.set(SeatKind::Aisle)))
        },
        || Seat::query().order_by(|s| s.id.asc()).select(|s| (s.guest, s.kind, s.version)),
    )
    .postgres(
        r#"UPDATE "seats"
        SET "guest" = $1, "kind" = CAST($2 AS seat_kind), "version" = "seats"."version" + 1
        WHERE "seats"."room" = $3"#,
    )
    .mysql_and_mariadb(
        r#"UPDATE `seats` SET `guest` = ?, `kind` = ?, `version` = `seats`.`version` + 1 WHERE `seats`.`room` = ?"#,
    )
    .sqlite(
        r#"UPDATE "seats"
        SET "guest" = ?1, "kind" = ?2, "version" = "seats"."version" + 1
        WHERE "seats"."room" = ?3"#,
    )
    .gives(
        ("red", None),
        (2, [(None::<&str>, SeatKind::Aisle, 2), (None, SeatKind::Aisle, 2), (None, SeatKind::Window, 7)]),
    )
    .again(
        ("blue", Some("Eve")),
        (1, [(Some("Ann"), SeatKind::Window, 1), (Some("Bob"), SeatKind::Aisle, 1), (Some("Eve"), SeatKind::Aisle, 8)]),
    );
}

#[test]
fn a_subquery_as_value() {
    change(
        |(id, none): (i64, &str)| {
            User::update().filter(|u| u.id.lte(id)).set(|u| {
                let newest = Thread::query().filter(|t| t.user_id.eq(u.id)).aggregate(|g| g.max(|t| t.title));
                (u.bio.set(newest), u.name.set(u.bio.coalesce(none)))
            })
        },
        || User::query().order_by(|u| u.id.asc()).select(|u| (u.bio, u.name)).limit(2),
    )
    .postgres(
        r#"UPDATE "users"
        SET "bio" = (SELECT max("threads"."title") FROM "threads" WHERE "threads"."user_id" = "users"."id"),
        "name" = coalesce("users"."bio", $1)
        WHERE "users"."id" <= $2"#,
    )
    .mysql_and_mariadb(
        r#"UPDATE `users`
        SET `name` = coalesce(`users`.`bio`, ?), `bio` = (SELECT max(`threads`.`title`) FROM `threads` WHERE
        `threads`.`user_id` = `users`.`id`)
        WHERE `users`.`id` <= ?"#,
    )
    .sqlite(
        r#"UPDATE "users"
        SET "bio" = (SELECT max("threads"."title") FROM "threads" WHERE "threads"."user_id" = "users"."id"),
        "name" = coalesce("users"."bio", ?1)
        WHERE "users"."id" <= ?2"#,
    )
    .gives((2, "-"), (2, [(Some("Hello"), "writes 100% of it"), (Some("snake_case"), "-")]))
    .again((1, "+"), (1, [(Some("Hello"), "writes 100% of it"), (None, "Bob")]));
}

#[test]
fn rows_that_other_rows_point_at() {
    change(
        |(body, age): (&str, i32)| {
            User::update()
                .filter(|u| exists(Comment::query().filter(|c| c.author_id.eq(u.id) & c.body.eq(body))))
                .filter(|u| u.id.in_query(Thread::query().select(|t| t.user_id)))
                .set(|u| u.age.set(age))
        },
        users,
    )
    .postgres(
        r#"UPDATE "users"
        SET "age" = $1
        WHERE EXISTS(SELECT 1 FROM "comments" WHERE "comments"."author_id" = "users"."id" AND "comments"."body" =
        $2)
        AND "users"."id" IN (SELECT "threads"."user_id" FROM "threads")"#,
    )
    .mysql_and_mariadb(
        r#"UPDATE `users`
        SET `age` = ?
        WHERE EXISTS(SELECT 1 FROM `comments` WHERE `comments`.`author_id` = `users`.`id` AND `comments`.`body` =
        ?) AND `users`.`id` IN (SELECT `threads`.`user_id` FROM `threads`)"#,
    )
    .sqlite(
        r#"UPDATE "users"
        SET "age" = ?1
        WHERE EXISTS(SELECT 1 FROM "comments" WHERE "comments"."author_id" = "users"."id" AND "comments"."body" =
        ?2)
        AND "users"."id" IN (SELECT "threads"."user_id" FROM "threads")"#,
    )
    .gives(("root", 1), (1, [(1, "Ann", Some(1)), (2, "Bob", Some(45)), (3, "Zoë", None), (4, "Dan O'Hara", Some(31))]))
    .again(
        ("alone", 2),
        (1, [(1, "Ann", Some(31)), (2, "Bob", Some(2)), (3, "Zoë", None), (4, "Dan O'Hara", Some(31))]),
    );
}

#[test]
fn joined_rows_decide() {
    change(
        |(body, end): (&str, &str)| {
            User::update()
                .join(Comment::table(), |p, c| c.author_id.eq(p.id))
                .join(Thread::table(), |(_, c), t| t.id.eq(c.thread_id))
                .filter(move |(_, c, _)| c.body.eq(body))
                .set(|(p, _, t)| p.name.set(p.name.concat(t.title).concat(end)))
        },
        users,
    )
    .postgres(
        r#"UPDATE "users"
        SET "name" = ("users"."name" || "threads"."title") || $1
        FROM "comments"
        CROSS JOIN "threads"
        WHERE "comments"."author_id" = "users"."id" AND "threads"."id" = "comments"."thread_id"
        AND "comments"."body" = $2"#,
    )
    .mysql_and_mariadb(
        r#"UPDATE `users`
        CROSS JOIN `comments`
        CROSS JOIN `threads`
        SET `users`.`name` = CONCAT(CONCAT(`users`.`name`, `threads`.`title`), ?)
        WHERE `comments`.`author_id` = `users`.`id` AND `threads`.`id` = `comments`.`thread_id` AND
        `comments`.`body` = ?"#,
    )
    .sqlite(
        r#"UPDATE "users"
        SET "name" = ("users"."name" || "threads"."title") || ?1
        FROM "comments"
        CROSS JOIN "threads"
        WHERE "comments"."author_id" = "users"."id" AND "threads"."id" = "comments"."thread_id"
        AND "comments"."body" = ?2"#,
    )
    .gives(
        ("reply", "!"),
        (1, [(1, "Ann", Some(31)), (2, "BobHello!", Some(45)), (3, "Zoë", None), (4, "Dan O'Hara", Some(31))]),
    )
    .again(
        ("third", "?"),
        (1, [(1, "Annsnake_case?", Some(31)), (2, "Bob", Some(45)), (3, "Zoë", None), (4, "Dan O'Hara", Some(31))]),
    );
}

#[test]
fn a_common_table_expression_decides() {
    change(
        |(least, age): (i64, i32)| {
            let busy = Comment::query()
                .filter(|c| c.author_id.is_not_null())
                .group_by(|c| c.author_id)
                .select(|author, g| (author, g.max(|c| c.id)))
                .cte("busy");
            User::update().join(&busy, |p, b| b.0.eq(p.id) & b.1.gte(least)).set(|(p, _)| p.age.set(age))
        },
        users,
    )
    .postgres(
        r#"WITH "busy" ("c0", "c1") AS (SELECT "comments"."author_id", max("comments"."id") FROM "comments" WHERE
        "comments"."author_id" IS NOT NULL GROUP BY "comments"."author_id") UPDATE "users"
        SET "age" = $1
        FROM "busy"
        WHERE "busy"."c0" = "users"."id" AND "busy"."c1" >= $2"#,
    )
    .mysql(
        r#"WITH `busy` (`c0`, `c1`) AS (SELECT `comments`.`author_id`, max(`comments`.`id`) FROM `comments` WHERE
        `comments`.`author_id` IS NOT NULL GROUP BY `comments`.`author_id`) UPDATE `users`
        CROSS JOIN `busy`
        SET `users`.`age` = ?
        WHERE `busy`.`c0` = `users`.`id` AND `busy`.`c1` >= ?"#,
    )
    .mariadb(
        r#"UPDATE `users`
        CROSS JOIN (SELECT `comments`.`author_id` AS `c0`, max(`comments`.`id`) AS `c1` FROM `comments` WHERE
        `comments`.`author_id` IS NOT NULL GROUP BY `comments`.`author_id`) AS `busy`
        SET `users`.`age` = ?
        WHERE `busy`.`c0` = `users`.`id` AND `busy`.`c1` >= ?"#,
    )
    .sqlite(
        r#"WITH "busy" ("c0", "c1") AS (SELECT "comments"."author_id", max("comments"."id") FROM "comments" WHERE
        "comments"."author_id" IS NOT NULL GROUP BY "comments"."author_id") UPDATE "users"
        SET "age" = ?1
        FROM "busy"
        WHERE "busy"."c0" = "users"."id" AND "busy"."c1" >= ?2"#,
    )
    .gives((5, 1), (1, [(1, "Ann", Some(1)), (2, "Bob", Some(45)), (3, "Zoë", None), (4, "Dan O'Hara", Some(31))]))
    .again((4, 2), (2, [(1, "Ann", Some(2)), (2, "Bob", Some(2)), (3, "Zoë", None), (4, "Dan O'Hara", Some(31))]));
}

#[test]
fn json_decimals_and_times() {
    change(
        |(id, document, exact): (i64, Json<serde_json::Value>, Decimal)| {
            Thread::update().filter(|t| t.id.eq(id)).set(|t| {
                let sum = Number::query().filter(|n| n.exact.eq(exact)).aggregate(|g| g.count());
                (
                    t.metadata.set(document),
                    t.note.set(Thread::query().filter(|o| o.id.eq(1)).select(|o| o.title)),
                    t.done.set(value(1i64).eq(sum).is_true()),
                )
            })
        },
        || Thread::query().filter(|t| t.id.eq(2)).select(|t| (t.metadata, t.note, t.done)),
    )
    .postgres(
        r#"UPDATE "threads"
        SET "metadata" = $1, "note" = (SELECT "threads_2"."title" FROM "threads" AS "threads_2" WHERE
        "threads_2"."id" = $2), "done" = ($3 = (SELECT count(*) FROM "numbers" WHERE "numbers"."exact" = $4)) IS
        TRUE, "updated_at" = now()
        WHERE "threads"."id" = $5"#,
    )
    .mysql(
        r#"UPDATE `threads`
        SET `metadata` = CAST(? AS JSON), `note` = (SELECT `threads_2`.`title` FROM (SELECT `id`, `user_id`,
        `title`, `note`, `metadata`, `done`, `created_at`, `updated_at` FROM `threads`) AS `threads_2` WHERE
        `threads_2`.`id` = ?), `done` = (? = (SELECT count(*) FROM `numbers` WHERE `numbers`.`exact` = ?)) IS
        TRUE, `updated_at` = CURRENT_TIMESTAMP(6)
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"UPDATE `threads`
        SET `metadata` = ?, `note` = (SELECT `threads_2`.`title` FROM `threads` AS `threads_2` WHERE
        `threads_2`.`id` = ?), `done` = (? = (SELECT count(*) FROM `numbers` WHERE `numbers`.`exact` = ?)) IS
        TRUE, `updated_at` = CURRENT_TIMESTAMP(6)
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"UPDATE "threads"
        SET "metadata" = ?1, "note" = (SELECT "threads_2"."title" FROM "threads" AS "threads_2" WHERE
        "threads_2"."id" = ?2), "done" = (?3 = (SELECT count(*) FROM "numbers" WHERE "numbers"."exact" = ?4)) IS
        TRUE, "updated_at" = strftime('%Y-%m-%d %H:%M:%f000', 'now')
        WHERE "threads"."id" = ?5"#,
    )
    .gives(
        (2, Json(json!({"it's": [1, null]})), decimal("5")),
        (1, [(Json(json!({"it's": [1, null]})), Some("Hello"), true)]),
    )
    .again((2, Json(json!("x")), decimal("10.25")), (1, [(Json(json!("x")), Some("Hello"), false)]));
}

#[test]
fn returning_the_changed_rows() {
    query(|(age, name): (i32, &str)| Person::update().filter(|p| p.age.gt(age)).set(|p| p.name.set(name)).returning())
        .postgres(
            r#"UPDATE "users"
            SET "name" = $1
            WHERE "users"."age" > $2
            RETURNING "users"."id", "users"."email", "users"."name", "users"."bio", "users"."age",
            "users"."active""#,
        )
        .mysql_and_mariadb(DoesNotCompile)
        .sqlite(
            r#"UPDATE "users"
            SET "name" = ?1
            WHERE "users"."age" > ?2
            RETURNING "users"."id", "users"."email", "users"."name", "users"."bio", "users"."age",
            "users"."active""#,
        )
        .gives(
            (40, "B"),
            [Person {
                id: 2,
                email: "bob@example.org".into(),
                name: "B".into(),
                bio: None,
                age: Some(45),
                active: false,
            }],
        )
        .again((99, "C"), [(); 0]);
}

#[test]
fn returning_expressions() {
    query(|(id, add): (i64, i32)| {
        Person::update()
            .filter(|p| p.id.eq(id))
            .set(|p| p.age.set(p.age + add))
            .returning_as(|p| (p.age, p.name.upper(), p.age.gt(add).is_true()))
    })
    .postgres(
        r#"UPDATE "users"
        SET "age" = "users"."age" + $1
        WHERE "users"."id" = $2
        RETURNING "users"."age", upper("users"."name"), ("users"."age" > $3) IS TRUE"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"UPDATE "users"
        SET "age" = "users"."age" + ?1
        WHERE "users"."id" = ?2
        RETURNING "users"."age", upper("users"."name"), ("users"."age" > ?3) IS TRUE"#,
    )
    .gives((1, 9), [(Some(40), "ANN", true)])
    .again((2, 5), [(Some(50), "BOB", true)]);
}

#[test]
fn an_array_and_a_random_uuid() {
    change(
        |(id, scores): (i64, Option<Vec<i32>>)| {
            Article::update().filter(|a| a.id.eq(id)).set(|a| (a.scores.set(scores), a.key.set(gen_random_uuid())))
        },
        || {
            Article::query()
                .order_by(|a| a.id.asc())
                .select(|a| (a.scores, a.key.eq(Uuid::from_u128(1)).is_true()))
                .limit(2)
        },
    )
    .postgres(r#"UPDATE "articles" SET "scores" = $1, "key" = gen_random_uuid() WHERE "articles"."id" = $2"#)
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((1, Some(vec![9])), (1, [(Some(vec![9]), false), (Some(vec![]), false)]))
    .again((2, None), (1, [(Some(vec![1, 2, 3]), true), (None, false)]));
}
