//! Queries that are combined, as subqueries: they see the columns of the query around them.

use relvar_sql_tests::prelude::*;

#[test]
fn any_row_of_combined_queries() {
    query(|body: &str| {
        User::query()
            .filter(|u| {
                let began = Thread::query().filter(|t| t.user_id.eq(u.id) & t.done).select(|t| t.id);
                let wrote = Comment::query().filter(|c| c.author_id.eq(u.id) & c.body.eq(body)).select(|c| c.id);
                exists(began.union_all(wrote))
            })
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE EXISTS(SELECT "threads"."id" FROM "threads" WHERE "threads"."user_id" = "users"."id" AND
        "threads"."done" UNION ALL (SELECT "comments"."id" FROM "comments" WHERE "comments"."author_id" =
        "users"."id" AND "comments"."body" = $1))
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`
        FROM `users`
        WHERE EXISTS(SELECT `threads`.`id` FROM `threads` WHERE `threads`.`user_id` = `users`.`id` AND
        `threads`.`done` UNION ALL (SELECT `comments`.`id` FROM `comments` WHERE `comments`.`author_id` =
        `users`.`id` AND `comments`.`body` = ?))
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE EXISTS(SELECT "threads"."id" FROM "threads" WHERE "threads"."user_id" = "users"."id" AND
        "threads"."done" UNION ALL SELECT "comments"."id" FROM "comments" WHERE "comments"."author_id" =
        "users"."id" AND "comments"."body" = ?1)
        ORDER BY "users"."id" ASC"#,
    )
    .gives("reply", [1, 2])
    .again("nothing", [1]);
}

#[test]
fn a_value_among_those_of_combined_queries() {
    query(|id: i64| {
        let wrote = Comment::query().filter(|c| c.id.gte(id)).select(|c| c.author_id);
        let began = Thread::query().filter(|t| t.done).select(|t| t.user_id.nullable());
        let (either, both) =
            (wrote.clone().union(began.clone()), wrote.filter(|c| c.author_id.is_not_null()).intersect(began));
        User::query()
            .filter(|u| u.id.in_query(either) & u.id.not_in_query(both))
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."id" IN (SELECT "comments"."author_id" FROM "comments" WHERE "comments"."id" >= $1 UNION
        (SELECT "threads"."user_id" FROM "threads" WHERE "threads"."done")) AND "users"."id" NOT IN (SELECT
        "comments_2"."author_id" FROM "comments" AS "comments_2" WHERE "comments_2"."id" >= $1 AND
        "comments_2"."author_id" IS NOT NULL INTERSECT (SELECT "threads_2"."user_id" FROM "threads" AS
        "threads_2" WHERE "threads_2"."done"))
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`
        FROM `users`
        WHERE `users`.`id` IN (SELECT `comments`.`author_id` FROM `comments` WHERE `comments`.`id` >= ? UNION
        (SELECT `threads`.`user_id` FROM `threads` WHERE `threads`.`done`)) AND `users`.`id` NOT IN (SELECT
        `comments_2`.`author_id` FROM `comments` AS `comments_2` WHERE `comments_2`.`id` >= ? AND
        `comments_2`.`author_id` IS NOT NULL INTERSECT (SELECT `threads_2`.`user_id` FROM `threads` AS
        `threads_2` WHERE `threads_2`.`done`))
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."id" IN (SELECT "comments"."author_id" FROM "comments" WHERE "comments"."id" >= ?1 UNION
        SELECT "threads"."user_id" FROM "threads" WHERE "threads"."done") AND "users"."id" NOT IN (SELECT
        "comments_2"."author_id" FROM "comments" AS "comments_2" WHERE "comments_2"."id" >= ?1 AND
        "comments_2"."author_id" IS NOT NULL INTERSECT SELECT "threads_2"."user_id" FROM "threads" AS "threads_2"
        WHERE "threads_2"."done")
        ORDER BY "users"."id" ASC"#,
    )
    .gives(1, [2])
    .again(5, [0i64; 0]);
}
