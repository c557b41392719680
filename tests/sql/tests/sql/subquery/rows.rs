//! Rows that are looked for among those of a query or of a list.

use relvar_sql_tests::prelude::*;

#[test]
fn a_row_among_those_of_a_query() {
    query(|id: i64| {
        let last = Comment::query().group_by(|c| c.thread_id).select(|thread, g| (thread, g.max(|c| c.id)));
        Comment::query()
            .filter(|c| (c.thread_id, c.id).in_query(last) & c.id.gt(id))
            .order_by(|c| c.id.asc())
            .select(|c| c.body)
    })
    .postgres(
        r#"SELECT "comments"."body"
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."id") IN (SELECT "comments_2"."thread_id",
        max("comments_2"."id") FROM "comments" AS "comments_2" GROUP BY "comments_2"."thread_id") AND
        "comments"."id" > $1
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`body`
        FROM `comments`
        WHERE (`comments`.`thread_id`, `comments`.`id`) IN (SELECT `comments_2`.`thread_id`,
        max(`comments_2`.`id`) FROM `comments` AS `comments_2` GROUP BY `comments_2`.`thread_id`) AND
        `comments`.`id` > ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."body"
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."id") IN (SELECT "comments_2"."thread_id",
        max("comments_2"."id") FROM "comments" AS "comments_2" GROUP BY "comments_2"."thread_id") AND
        "comments"."id" > ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(0, ["deep", "alone", "third"])
    .again(3, ["alone", "third"]);
}

#[test]
fn a_row_that_is_not_among_them() {
    query(|author: i64| {
        // where the author is NULL, a row of the same thread leaves it open
        let theirs = Comment::query().filter(|c| c.author_id.eq(author)).select(|c| (c.thread_id, c.author_id));
        Comment::query()
            .filter(|c| (c.thread_id, c.author_id).not_in_query(theirs))
            .order_by(|c| c.id.asc())
            .select(|c| c.id)
    })
    .postgres(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."author_id") NOT IN (SELECT "comments_2"."thread_id",
        "comments_2"."author_id" FROM "comments" AS "comments_2" WHERE "comments_2"."author_id" = $1)
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id`
        FROM `comments`
        WHERE (`comments`.`thread_id`, `comments`.`author_id`) NOT IN (SELECT `comments_2`.`thread_id`,
        `comments_2`.`author_id` FROM `comments` AS `comments_2` WHERE `comments_2`.`author_id` = ?)
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."author_id") NOT IN (SELECT "comments_2"."thread_id",
        "comments_2"."author_id" FROM "comments" AS "comments_2" WHERE "comments_2"."author_id" = ?1)
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(1, [2, 4])
    .again(2, [1, 5]);
}

#[test]
fn a_row_among_the_first_of_a_query() {
    query(|rows: u64| {
        let first = Thread::query().order_by(|t| t.id.asc()).limit(rows).select(|t| (t.id, t.user_id));
        Comment::query()
            .filter(|c| (c.thread_id, c.author_id).in_query(first))
            .order_by(|c| c.id.asc())
            .select(|c| c.id)
    })
    .postgres(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."author_id") IN (SELECT "threads"."id", "threads"."user_id"
        FROM "threads" ORDER BY "threads"."id" ASC LIMIT $1)
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id`
        FROM `comments`
        WHERE (`comments`.`thread_id`, `comments`.`author_id`) IN (SELECT `derived`.`c0`, `derived`.`c1` FROM
        (SELECT `threads`.`id` AS `c0`, `threads`.`user_id` AS `c1` FROM `threads` ORDER BY `threads`.`id` ASC
        LIMIT ?) AS `derived`)
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."author_id") IN (SELECT "threads"."id", "threads"."user_id"
        FROM "threads" ORDER BY "threads"."id" ASC LIMIT ?1+0)
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(1, [1])
    .again(3, [1]);
}

#[test]
fn a_row_that_is_not_in_a_list() {
    query(|rows: [(i64, i64); 2]| {
        Comment::query().filter(|c| (c.thread_id, c.id).not_in_list(rows)).order_by(|c| c.id.asc()).select(|c| c.id)
    })
    .postgres(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."id") NOT IN (($1, $2), ($3, $4))
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id`
        FROM `comments`
        WHERE NOT ((`comments`.`thread_id` = ? AND `comments`.`id` = ?) OR (`comments`.`thread_id` = ? AND
        `comments`.`id` = ?))
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."id") NOT IN ((?1, ?2), (?3, ?4))
        ORDER BY "comments"."id" ASC"#,
    )
    .gives([(1, 1), (2, 4)], [2, 3, 5])
    .again([(1, 3), (3, 5)], [1, 2, 4]);
}

#[test]
fn no_row_is_in_an_empty_list() {
    query(|id: i64| {
        let none = Vec::<(i64, i64)>::new();
        Comment::query()
            .filter(|c| (c.thread_id, c.id).not_in_list(none) & c.id.gt(id))
            .order_by(|c| c.id.asc())
            .select(|c| c.id)
    })
    .postgres(r#"SELECT "comments"."id" FROM "comments" WHERE "comments"."id" > $1 ORDER BY "comments"."id" ASC"#)
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id` FROM `comments` WHERE `comments`.`id` > ? ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(r#"SELECT "comments"."id" FROM "comments" WHERE "comments"."id" > ?1 ORDER BY "comments"."id" ASC"#)
    .gives(3, [4, 5])
    .again(4, [5]);
}
