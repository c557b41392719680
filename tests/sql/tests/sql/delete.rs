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
