//! DELETE, and RETURNING of what was deleted.

use relvar_sql_tests::prelude::*;

fn bodies() -> impl Fetchable<Row = String, Dialect = Portable> {
    Comment::query().order_by(|c| c.id.asc()).select(|c| c.body)
}

#[test]
fn the_rows_that_a_filter_finds() {
    change(
        |(thread, id): (i64, i64)| Comment::delete().filter(|c| c.thread_id.eq(thread)).filter(|c| c.id.gt(id)),
        bodies,
    )
    .postgres(r#"DELETE FROM "comments" WHERE "comments"."thread_id" = $1 AND "comments"."id" > $2"#)
    .mysql_and_mariadb(r#"DELETE FROM `comments` WHERE `comments`.`thread_id` = ? AND `comments`.`id` > ?"#)
    .sqlite(r#"DELETE FROM "comments" WHERE "comments"."thread_id" = ?1 AND "comments"."id" > ?2"#)
    .gives((1, 1), (2, ["root", "alone", "third"]))
    .again((2, 0), (1, ["root", "reply", "deep", "third"]));
}

#[test]
fn a_filter_that_may_be_absent() {
    change(
        |(body, id): (Option<&'static str>, i64)| {
            Comment::delete().filter_opt(body, |c, body| c.body.eq(body)).filter(|c| c.id.ne(id))
        },
        bodies,
    )
    .postgres(r#"DELETE FROM "comments" WHERE "comments"."body" = $1 AND "comments"."id" <> $2"#)
    .mysql_and_mariadb(r#"DELETE FROM `comments` WHERE `comments`.`body` = ? AND `comments`.`id` <> ?"#)
    .sqlite(r#"DELETE FROM "comments" WHERE "comments"."body" = ?1 AND "comments"."id" <> ?2"#)
    .gives((Some("root"), 2), (1, ["reply", "deep", "alone", "third"]))
    .again((Some("reply"), 2), (0, ["root", "reply", "deep", "alone", "third"]));
}

#[test]
fn every_row_when_that_is_meant() {
    change(|()| Comment::delete().everywhere(), bodies)
        .postgres(r#"DELETE FROM "comments""#)
        .mysql_and_mariadb(r#"DELETE FROM `comments`"#)
        .sqlite(r#"DELETE FROM "comments""#)
        .always((5, [""; 0]));
}

#[test]
fn rows_that_other_rows_point_at() {
    change(
        |name: &str| {
            Comment::delete().filter(|c| exists(User::query().filter(|u| u.id.eq(c.author_id) & u.name.eq(name))))
        },
        bodies,
    )
    .postgres(
        r#"DELETE
        FROM "comments"
        WHERE EXISTS(SELECT 1 FROM "users" WHERE "users"."id" = "comments"."author_id" AND "users"."name" = $1)"#,
    )
    .mysql_and_mariadb(
        r#"DELETE FROM `comments`
        WHERE EXISTS(SELECT 1 FROM `users` WHERE `users`.`id` = `comments`.`author_id` AND `users`.`name` = ?)"#,
    )
    .sqlite(
        r#"DELETE
        FROM "comments"
        WHERE EXISTS(SELECT 1 FROM "users" WHERE "users"."id" = "comments"."author_id" AND "users"."name" = ?1)"#,
    )
    .gives("Ann", (2, ["reply", "deep", "alone"]))
    .again("Bob", (2, ["root", "deep", "third"]));
}

#[test]
fn rows_in_a_query_on_the_same_table() {
    change(
        |body: &str| {
            Comment::delete()
                .filter(|c| c.parent_id.in_query(Comment::query().filter(|p| p.body.eq(body)).select(|p| p.id)))
        },
        bodies,
    )
    .postgres(
        r#"DELETE
        FROM "comments"
        WHERE "comments"."parent_id" IN (SELECT "comments_2"."id" FROM "comments" AS "comments_2" WHERE
        "comments_2"."body" = $1)"#,
    )
    .mysql(
        r#"DELETE FROM `comments`
        WHERE `comments`.`parent_id` IN (SELECT `comments_2`.`id` FROM (SELECT `id`, `thread_id`, `author_id`,
        `parent_id`, `body` FROM `comments`) AS `comments_2` WHERE `comments_2`.`body` = ?)"#,
    )
    .mariadb(
        r#"DELETE FROM `comments`
        WHERE `comments`.`parent_id` IN (SELECT `comments_2`.`id` FROM `comments` AS `comments_2` WHERE
        `comments_2`.`body` = ?)"#,
    )
    .sqlite(
        r#"DELETE
        FROM "comments"
        WHERE "comments"."parent_id" IN (SELECT "comments_2"."id" FROM "comments" AS "comments_2" WHERE
        "comments_2"."body" = ?1)"#,
    )
    .gives("root", (1, ["root", "deep", "alone", "third"]))
    .again("reply", (1, ["root", "reply", "alone", "third"]));
}

#[test]
fn rows_in_a_common_table_expression() {
    change(
        |rows: u64| {
            let oldest = User::query()
                .filter(|u| u.age.is_not_null())
                .order_by(|u| u.age.desc())
                .select(|u| u.id)
                .limit(rows)
                .cte("oldest");
            Comment::delete().filter(|c| c.author_id.in_query(oldest.query()))
        },
        bodies,
    )
    .postgres(
        r#"WITH "oldest" ("c0") AS (SELECT "users"."id" FROM "users" WHERE "users"."age" IS NOT NULL ORDER BY
        "users"."age" DESC LIMIT $1) DELETE
        FROM "comments"
        WHERE "comments"."author_id" IN (SELECT "oldest"."c0" FROM "oldest")"#,
    )
    .mysql(
        r#"WITH `oldest` (`c0`) AS (SELECT `users`.`id` FROM `users` WHERE `users`.`age` IS NOT NULL ORDER BY
        `users`.`age` DESC LIMIT ?)
        DELETE FROM `comments`
        WHERE `comments`.`author_id` IN (SELECT `oldest`.`c0` FROM `oldest`)"#,
    )
    .mariadb(
        r#"DELETE FROM `comments`
        WHERE `comments`.`author_id` IN (SELECT `oldest`.`c0` FROM (SELECT `users`.`id` AS `c0` FROM `users`
        WHERE `users`.`age` IS NOT NULL ORDER BY `users`.`age` DESC LIMIT ?) AS `oldest`)"#,
    )
    .sqlite(
        r#"WITH "oldest" ("c0") AS (SELECT "users"."id" FROM "users" WHERE "users"."age" IS NOT NULL ORDER BY
        "users"."age" DESC LIMIT ?1+0) DELETE
        FROM "comments"
        WHERE "comments"."author_id" IN (SELECT "oldest"."c0" FROM "oldest")"#,
    )
    .gives(1, (2, ["root", "deep", "third"]))
    .again(0, (0, ["root", "reply", "deep", "alone", "third"]));
}

#[test]
fn rows_in_a_list() {
    change(|ids: Vec<i64>| Comment::delete().filter(|c| c.id.in_list(ids)), bodies)
        .postgres(r#"DELETE FROM "comments" WHERE "comments"."id" = ANY($1)"#)
        .mysql_and_mariadb(r#"DELETE FROM `comments` WHERE `comments`.`id` IN (?, ?)"#)
        .sqlite(r#"DELETE FROM "comments" WHERE "comments"."id" IN (?1, ?2)"#)
        .gives(vec![1, 5], (2, ["reply", "deep", "alone"]))
        .again(vec![2, 99], (1, ["root", "deep", "alone", "third"]));
}

#[test]
fn returning_the_deleted_rows() {
    query(|room: &str| Chair::delete().filter(|s| s.room.eq(room)).returning())
        .postgres(
            r#"DELETE
            FROM "seats"
            WHERE "seats"."room" = $1
            RETURNING "seats"."id", "seats"."room", "seats"."number", "seats"."kind", "seats"."guest",
            "seats"."gone", "seats"."version""#,
        )
        .mysql(DoesNotCompile)
        .mariadb(
            r#"DELETE FROM `seats`
        WHERE `seats`.`room` = ?
        RETURNING `seats`.`id`, `seats`.`room`, `seats`.`number`, `seats`.`kind`, `seats`.`guest`,
        `seats`.`gone`, `seats`.`version`"#,
        )
        .sqlite(
            r#"DELETE
            FROM "seats"
            WHERE "seats"."room" = ?1
            RETURNING "seats"."id", "seats"."room", "seats"."number", "seats"."kind", "seats"."guest",
            "seats"."gone", "seats"."version""#,
        )
        .gives(
            "blue",
            [Chair {
                id: 3,
                room: "blue".into(),
                number: SeatNumber(1),
                kind: SeatKind::Window,
                guest: None,
                gone: false,
                version: 7,
            }],
        )
        .again("green", [(); 0]);
}

#[test]
fn returning_expressions() {
    query(|(room, guest): (&str, &str)| {
        Chair::delete().filter(|s| s.room.eq(room)).returning_as(|s| (s.id, s.guest.coalesce(guest)))
    })
    .postgres(
        r#"DELETE
        FROM "seats"
        WHERE "seats"."room" = $1
        RETURNING "seats"."id", coalesce("seats"."guest", $2)"#,
    )
    .mysql(DoesNotCompile)
    .mariadb(r#"DELETE FROM `seats` WHERE `seats`.`room` = ? RETURNING `seats`.`id`, coalesce(`seats`.`guest`, ?)"#)
    .sqlite(
        r#"DELETE
        FROM "seats"
        WHERE "seats"."room" = ?1
        RETURNING "seats"."id", coalesce("seats"."guest", ?2)"#,
    )
    .gives(("blue", "nobody"), [(3, "nobody")])
    .again(("red", "-"), [(1, "Ann"), (2, "Bob")]);
}

#[test]
fn joined_rows_decide() {
    change(
        |(name, title): (&str, &str)| {
            Comment::delete()
                .only_on::<(Postgres, MySql, MariaDb)>()
                .join(User::table(), |c, u| c.author_id.eq(u.id))
                .join(Thread::table(), |(c, _), t| t.id.eq(c.thread_id))
                .filter(|(_, u, t)| u.name.eq(name) & t.title.ne(title))
        },
        bodies,
    )
    .postgres(
        r#"DELETE FROM "comments" USING "users"
        CROSS JOIN "threads"
        WHERE "comments"."author_id" = "users"."id" AND "threads"."id" = "comments"."thread_id" AND
        ("users"."name" = $1 AND "threads"."title" <> $2)"#,
    )
    .mysql_and_mariadb(
        r#"DELETE `comments`
        FROM `comments`
        CROSS JOIN `users`
        CROSS JOIN `threads`
        WHERE `comments`.`author_id` = `users`.`id` AND `threads`.`id` = `comments`.`thread_id` AND
        (`users`.`name` = ? AND `threads`.`title` <> ?)"#,
    )
    .sqlite(DoesNotCompile)
    .gives(("Ann", "Hello"), (1, ["root", "reply", "deep", "alone"]))
    .again(("Bob", "another"), (2, ["root", "deep", "third"]));
}

#[test]
fn joined_rows_of_the_same_table() {
    change(
        |body: &str| {
            Comment::delete()
                .only_on::<(Postgres, MySql, MariaDb)>()
                .join(Comment::table(), |c, parent| c.parent_id.eq(parent.id))
                .filter(|(_, parent)| parent.body.eq(body))
        },
        bodies,
    )
    .postgres(
        r#"DELETE FROM "comments" USING "comments" AS "comments_2"
        WHERE "comments"."parent_id" = "comments_2"."id" AND "comments_2"."body" = $1"#,
    )
    .mysql_and_mariadb(
        r#"DELETE `comments`
        FROM `comments`
        CROSS JOIN `comments` AS `comments_2`
        WHERE `comments`.`parent_id` = `comments_2`.`id` AND `comments_2`.`body` = ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives("root", (1, ["root", "deep", "alone", "third"]))
    .again("reply", (1, ["root", "reply", "alone", "third"]));
}

#[test]
fn a_row_that_finds_several_is_deleted_once() {
    change(
        |id: i64| {
            Comment::delete()
                .only_on::<(Postgres, MySql, MariaDb)>()
                .join(Thread::table(), |c, t| c.author_id.eq(t.user_id) & t.id.lte(id))
        },
        bodies,
    )
    .postgres(
        r#"DELETE FROM "comments" USING "threads"
        WHERE "comments"."author_id" = "threads"."user_id" AND "threads"."id" <= $1"#,
    )
    .mysql_and_mariadb(
        r#"DELETE `comments`
        FROM `comments`
        CROSS JOIN `threads`
        WHERE `comments`.`author_id` = `threads`.`user_id` AND `threads`.`id` <= ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(2, (2, ["reply", "deep", "alone"]))
    .again(3, (4, ["deep"]));
}

#[test]
fn rows_of_the_program_decide() {
    change(
        |rows: [(i64, &'static str); 2]| {
            Comment::delete()
                .only_on::<(Postgres, MySql, MariaDb)>()
                .join(values(rows.map(|(id, body)| (id, body.to_owned()))), |c, row| c.id.eq(row.0) & c.body.eq(row.1))
        },
        bodies,
    )
    .postgres(
        r#"DELETE FROM "comments" USING (VALUES ($1, $2), ($3, $4)) AS "listed" ("c0", "c1")
        WHERE "comments"."id" = "listed"."c0" AND "comments"."body" = "listed"."c1""#,
    )
    .mysql(
        r#"DELETE `comments`
        FROM `comments`
        CROSS JOIN (VALUES ROW(CAST(? AS SIGNED), CAST(? AS CHAR)), ROW(CAST(? AS SIGNED), CAST(? AS CHAR))) AS
        `listed` (`c0`, `c1`)
        WHERE `comments`.`id` = `listed`.`c0` AND `comments`.`body` = `listed`.`c1`"#,
    )
    .mariadb(
        r#"DELETE `comments`
        FROM `comments`
        CROSS JOIN (SELECT CAST(? AS SIGNED) AS `c0`, CAST(? AS CHAR) AS `c1` UNION ALL SELECT CAST(? AS SIGNED),
        CAST(? AS CHAR)) AS `listed`
        WHERE `comments`.`id` = `listed`.`c0` AND `comments`.`body` = `listed`.`c1`"#,
    )
    .sqlite(DoesNotCompile)
    .gives([(1, "root"), (2, "another")], (1, ["reply", "deep", "alone", "third"]))
    .again([(4, "alone"), (5, "third")], (2, ["root", "reply", "deep"]));
}

#[test]
fn a_joined_common_table_expression_on_the_same_table_decides() {
    change(
        |least: i64| {
            let busy = Comment::query()
                .filter(|c| c.author_id.is_not_null())
                .group_by(|c| c.author_id)
                .select(|author, g| (author, g.max(|c| c.id)))
                .cte("busy");
            Comment::delete()
                .only_on::<(Postgres, MySql, MariaDb)>()
                .join(&busy, |c, b| c.author_id.eq(b.0) & c.id.lt(b.1) & b.1.gte(least))
        },
        bodies,
    )
    .postgres(
        r#"WITH "busy" ("c0", "c1") AS (SELECT "comments_2"."author_id", max("comments_2"."id") FROM "comments" AS
        "comments_2" WHERE "comments_2"."author_id" IS NOT NULL GROUP BY "comments_2"."author_id")
        DELETE FROM "comments" USING "busy"
        WHERE "comments"."author_id" = "busy"."c0" AND "comments"."id" < "busy"."c1" AND "busy"."c1" >= $1"#,
    )
    .mysql(
        r#"WITH `busy` (`c0`, `c1`) AS (SELECT `comments_2`.`author_id`, max(`comments_2`.`id`) FROM (SELECT `id`,
        `thread_id`, `author_id`, `parent_id`, `body` FROM `comments`) AS `comments_2` WHERE
        `comments_2`.`author_id` IS NOT NULL GROUP BY `comments_2`.`author_id`)
        DELETE `comments`
        FROM `comments`
        CROSS JOIN `busy`
        WHERE `comments`.`author_id` = `busy`.`c0` AND `comments`.`id` < `busy`.`c1` AND `busy`.`c1` >= ?"#,
    )
    .mariadb(
        r#"DELETE `comments`
        FROM `comments`
        CROSS JOIN (SELECT `comments_2`.`author_id` AS `c0`, max(`comments_2`.`id`) AS `c1` FROM `comments` AS
        `comments_2` WHERE `comments_2`.`author_id` IS NOT NULL GROUP BY `comments_2`.`author_id`) AS `busy`
        WHERE `comments`.`author_id` = `busy`.`c0` AND `comments`.`id` < `busy`.`c1` AND `busy`.`c1` >= ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(4, (2, ["deep", "alone", "third"]))
    .again(5, (1, ["reply", "deep", "alone", "third"]));
}

#[test]
fn a_joined_subquery_on_the_same_table_decides() {
    change(
        |least: i64| {
            let last = Comment::query().group_by(|c| c.thread_id).select(|thread, g| (thread, g.max(|c| c.id)));
            Comment::delete()
                .only_on::<(Postgres, MySql, MariaDb)>()
                .join(last.derived(), |c, l| c.thread_id.eq(l.0) & c.id.lt(l.1) & c.id.gte(least))
        },
        bodies,
    )
    .postgres(
        r#"DELETE FROM "comments" USING (SELECT "comments_2"."thread_id" AS "c0", max("comments_2"."id") AS "c1"
        FROM "comments" AS "comments_2" GROUP BY "comments_2"."thread_id") AS "derived"
        WHERE "comments"."thread_id" = "derived"."c0" AND "comments"."id" < "derived"."c1" AND "comments"."id" >=
        $1"#,
    )
    .mysql(
        r#"DELETE `comments`
        FROM `comments`
        CROSS JOIN (SELECT `comments_2`.`thread_id` AS `c0`, max(`comments_2`.`id`) AS `c1` FROM (SELECT `id`,
        `thread_id`, `author_id`, `parent_id`, `body` FROM `comments`) AS `comments_2` GROUP BY
        `comments_2`.`thread_id`) AS `derived`
        WHERE `comments`.`thread_id` = `derived`.`c0` AND `comments`.`id` < `derived`.`c1` AND `comments`.`id` >=
        ?"#,
    )
    .mariadb(
        r#"DELETE `comments`
        FROM `comments`
        CROSS JOIN (SELECT `comments_2`.`thread_id` AS `c0`, max(`comments_2`.`id`) AS `c1` FROM `comments` AS
        `comments_2` GROUP BY `comments_2`.`thread_id`) AS `derived`
        WHERE `comments`.`thread_id` = `derived`.`c0` AND `comments`.`id` < `derived`.`c1` AND `comments`.`id` >=
        ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(1, (2, ["deep", "alone", "third"]))
    .again(2, (1, ["root", "deep", "alone", "third"]));
}

#[test]
fn returning_the_deleted_rows_and_those_joined() {
    query(|name: &str| {
        Comment::delete()
            .only_on::<Postgres>()
            .join(User::table(), |c, u| c.author_id.eq(u.id))
            .filter(|(_, u)| u.name.eq(name))
            .returning_as(|(c, u)| (c.body, u.email))
    })
    .postgres(
        r#"DELETE FROM "comments" USING "users"
        WHERE "comments"."author_id" = "users"."id" AND "users"."name" = $1
        RETURNING "comments"."body", "users"."email""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("Ann", [("root", "ann@example.org"), ("third", "ann@example.org")])
    .again("Bob", [("reply", "bob@example.org"), ("alone", "bob@example.org")]);
}

#[test]
fn returning_the_rows_that_joined_rows_decide() {
    query(|name: &str| {
        Comment::delete()
            .only_on::<Postgres>()
            .join(User::table(), |c, u| c.author_id.eq(u.id))
            .filter(|(c, u)| u.name.eq(name) & c.parent_id.is_not_null())
            .returning()
    })
    .postgres(
        r#"DELETE FROM "comments" USING "users"
        WHERE "comments"."author_id" = "users"."id" AND ("users"."name" = $1 AND "comments"."parent_id" IS NOT
        NULL)
        RETURNING "comments"."id", "comments"."thread_id", "comments"."author_id", "comments"."parent_id",
        "comments"."body""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("Bob", [Comment { id: 2, thread_id: 1, author_id: Some(2), parent_id: Some(1), body: "reply".into() }])
    .again("Ann", [(); 0]);
}
