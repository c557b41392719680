//! LATERAL: sources made of the rows before them.

use relvar_sql_tests::prelude::*;

#[test]
fn the_newest_of_each() {
    query(|(id, rows): (i64, u64)| {
        User::query()
            .only_on::<(Postgres, MySql)>()
            .left_join_lateral(
                |u| {
                    Thread::query()
                        .filter(|t| t.user_id.eq(u.id))
                        .order_by(|t| t.id.desc())
                        .select(|t| (t.id, t.title))
                        .limit(rows)
                        .derived()
                },
                |_, t| t.0.gt(0),
            )
            .filter(|(u, _)| u.id.gte(id))
            .order_by(|(u, _)| u.id.asc())
            .select(|(u, t)| (u.name, t.1))
    })
    .postgres(
        r#"SELECT "users"."name", "derived"."c1"
        FROM "users"
        LEFT JOIN LATERAL (SELECT "threads"."id" AS "c0", "threads"."title" AS "c1" FROM "threads" WHERE
        "threads"."user_id" = "users"."id" ORDER BY "threads"."id" DESC LIMIT $1) AS "derived" ON
        "derived"."c0" > $2
        WHERE "users"."id" >= $3
        ORDER BY "users"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `users`.`name`, `derived`.`c1`
        FROM `users`
        LEFT JOIN LATERAL (SELECT `threads`.`id` AS `c0`, `threads`.`title` AS `c1` FROM `threads` WHERE
        `threads`.`user_id` = `users`.`id` ORDER BY `threads`.`id` DESC LIMIT ?) AS `derived` ON
        `derived`.`c0` > ?
        WHERE `users`.`id` >= ?
        ORDER BY `users`.`id` ASC"#,
    )
    .mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((3, 1), [("Zoë", Some("Größe 🦀")), ("Dan O'Hara", None)])
    .again((4, 2), [("Dan O'Hara", None::<&str>)]);
}

#[test]
fn inner_and_cross() {
    query(|rows: u64| {
        User::query()
            .only_on::<(Postgres, MySql)>()
            .join_lateral(
                |u| Thread::query().filter(|t| t.user_id.eq(u.id)).order_by(|t| t.id.asc()).limit(rows).derived(),
                |u, t| t.user_id.eq(u.id),
            )
            .cross_join_lateral(|(_, t)| {
                Comment::query().filter(|c| c.thread_id.eq(t.id)).aggregate(|g| g.count()).derived()
            })
            .order_by(|(u, t, _)| (u.id.asc(), t.id.asc()))
            .select(|(u, t, n)| (u.name, t.id, n.0))
    })
    .postgres(
        r#"SELECT "users"."name", "derived"."id", "derived_2"."c0"
        FROM "users" INNER
        JOIN LATERAL (SELECT "threads"."id" AS "id", "threads"."user_id" AS "user_id", "threads"."title" AS
        "title", "threads"."note" AS "note", "threads"."metadata" AS "metadata", "threads"."done" AS "done",
        "threads"."created_at" AS "created_at", "threads"."updated_at" AS "updated_at" FROM "threads" WHERE
        "threads"."user_id" = "users"."id" ORDER BY "threads"."id" ASC LIMIT $1) AS "derived" ON
        "derived"."user_id" = "users"."id" INNER
        JOIN LATERAL (SELECT count(*) AS "c0" FROM "comments" WHERE "comments"."thread_id" = "derived"."id")
        AS "derived_2" ON TRUE
        ORDER BY "users"."id" ASC, "derived"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `users`.`name`, `derived`.`id`, `derived_2`.`c0`
        FROM `users` INNER
        JOIN LATERAL (SELECT `threads`.`id` AS `id`, `threads`.`user_id` AS `user_id`, `threads`.`title` AS
        `title`, `threads`.`note` AS `note`, `threads`.`metadata` AS `metadata`, `threads`.`done` AS `done`,
        `threads`.`created_at` AS `created_at`, `threads`.`updated_at` AS `updated_at` FROM `threads` WHERE
        `threads`.`user_id` = `users`.`id` ORDER BY `threads`.`id` ASC LIMIT ?) AS `derived` ON
        `derived`.`user_id` = `users`.`id` INNER
        JOIN LATERAL (SELECT count(*) AS `c0` FROM `comments` WHERE `comments`.`thread_id` = `derived`.`id`)
        AS `derived_2` ON TRUE
        ORDER BY `users`.`id` ASC, `derived`.`id` ASC"#,
    )
    .mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [("Ann", 1, 3), ("Bob", 3, 1), ("Zoë", 4, 0)])
    .again(5, [("Ann", 1, 3), ("Ann", 2, 1), ("Bob", 3, 1), ("Zoë", 4, 0)]);
}
