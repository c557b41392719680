//! Subqueries: EXISTS, IN, scalar, correlated; and IN with a list.

mod combined;
mod quantified;
mod rows;

use relvar_sql_tests::prelude::*;

#[test]
fn exists_with_a_column_of_the_outer_query() {
    query(|body: &str| {
        User::query()
            .filter(|u| exists(Comment::query().filter(|c| c.author_id.eq(u.id) & c.body.eq(body))))
            .select(|u| u.name)
    })
    .postgres(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE EXISTS(SELECT 1 FROM "comments" WHERE "comments"."author_id" = "users"."id" AND "comments"."body" =
        $1)"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`
        FROM `users`
        WHERE EXISTS(SELECT 1 FROM `comments` WHERE `comments`.`author_id` = `users`.`id` AND `comments`.`body` =
        ?)"#,
    )
    .sqlite(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE EXISTS(SELECT 1 FROM "comments" WHERE "comments"."author_id" = "users"."id" AND "comments"."body" =
        ?1)"#,
    )
    .gives("root", ["Ann"])
    .again("alone", ["Bob"]);
}

#[test]
fn not_exists_of_a_query_on_the_same_table() {
    query(|age: i32| {
        User::query()
            .filter(|u| u.age.is_not_null())
            .filter(|u| not_exists(User::query().filter(|older| older.age.gt(u.age) & older.age.gt(age))))
            .order_by(|u| u.id.asc())
            .select(|u| u.name)
    })
    .postgres(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE "users"."age" IS NOT NULL AND (NOT EXISTS(SELECT 1 FROM "users" AS "users_2" WHERE "users_2"."age"
        > "users"."age" AND "users_2"."age" > $1))
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`
        FROM `users`
        WHERE `users`.`age` IS NOT NULL AND (NOT EXISTS(SELECT 1 FROM `users` AS `users_2` WHERE `users_2`.`age`
        > `users`.`age` AND `users_2`.`age` > ?))
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE "users"."age" IS NOT NULL AND (NOT EXISTS(SELECT 1 FROM "users" AS "users_2" WHERE "users_2"."age"
        > "users"."age" AND "users_2"."age" > ?1))
        ORDER BY "users"."id" ASC"#,
    )
    .gives(0, ["Bob"])
    .again(45, ["Ann", "Bob", "Dan O'Hara"]);
}

#[test]
fn exists_of_distinct_and_limited_rows() {
    query(|(least, rows): (i64, u64)| {
        Counter::query()
            .filter(|c| {
                exists(User::query().filter(|u| u.id.gt(least) & c.hits.gt(0)).select(|u| u.age).distinct().limit(rows))
            })
            .select(|c| c.id)
    })
    .postgres(
        r#"SELECT "counters"."id"
        FROM "counters"
        WHERE EXISTS(SELECT DISTINCT "users"."age" FROM "users" WHERE "users"."id" > $1 AND "counters"."hits" >
        $2 LIMIT $3)"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `counters`.`id`
        FROM `counters`
        WHERE EXISTS(SELECT DISTINCT `users`.`age` FROM `users` WHERE `users`.`id` > ? AND `counters`.`hits` > ?
        LIMIT ?)"#,
    )
    .sqlite(
        r#"SELECT "counters"."id"
        FROM "counters"
        WHERE EXISTS(SELECT DISTINCT "users"."age" FROM "users" WHERE "users"."id" > ?1 AND "counters"."hits" >
        ?2 LIMIT ?3+0)"#,
    )
    .gives((3, 1), [1])
    .again((3, 0), [0; 0]);
}

#[test]
fn in_query() {
    query(|body: &str| {
        User::query()
            .filter(|u| u.id.in_query(Comment::query().filter(|c| c.body.ne(body)).select(|c| c.author_id)))
            .order_by(|u| u.id.asc())
            .select(|u| u.name)
    })
    .postgres(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE "users"."id" IN (SELECT "comments"."author_id" FROM "comments" WHERE "comments"."body" <> $1)
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`
        FROM `users`
        WHERE `users`.`id` IN (SELECT `comments`.`author_id` FROM `comments` WHERE `comments`.`body` <> ?)
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE "users"."id" IN (SELECT "comments"."author_id" FROM "comments" WHERE "comments"."body" <> ?1)
        ORDER BY "users"."id" ASC"#,
    )
    .gives("reply", ["Ann", "Bob"])
    .again("", ["Ann", "Bob"]);
}

#[test]
fn not_in_query_is_never_true_beside_a_null() {
    query(|body: &str| {
        User::query()
            .filter(|u| u.id.not_in_query(Comment::query().filter(|c| c.body.ne(body)).select(|c| c.author_id)))
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."id" NOT IN (SELECT "comments"."author_id" FROM "comments" WHERE "comments"."body" <> $1)
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`
        FROM `users`
        WHERE `users`.`id` NOT IN (SELECT `comments`.`author_id` FROM `comments` WHERE `comments`.`body` <> ?)
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."id" NOT IN (SELECT "comments"."author_id" FROM "comments" WHERE "comments"."body" <> ?1)
        ORDER BY "users"."id" ASC"#,
    )
    .gives("deep", [3, 4])
    .again("", [0; 0]);
}

#[test]
fn in_list() {
    query(|ids: Vec<i64>| User::query().filter(|u| u.id.in_list(ids)).order_by(|u| u.id.asc()).select(|u| u.id))
        .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" = ANY($1) ORDER BY "users"."id" ASC"#)
        .mysql_and_mariadb(
            r#"SELECT `users`.`id` FROM `users` WHERE `users`.`id` IN (?, ?, ?, ?) ORDER BY `users`.`id` ASC"#,
        )
        .sqlite(
            r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."id" IN (?1, ?2, ?3, ?4)
        ORDER BY "users"."id" ASC"#,
        )
        .gives(vec![1, 3, 9], [1, 3])
        .again(vec![4, 2, 2, 4], [2, 4]);
}

#[test]
fn a_list_whose_length_is_no_power_of_two_is_padded() {
    query(|ids: Vec<i64>| User::query().filter(|u| u.id.not_in_list(ids)).order_by(|u| u.id.asc()).select(|u| u.id))
        .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" <> ALL($1) ORDER BY "users"."id" ASC"#)
        .mysql_and_mariadb(
            r#"SELECT `users`.`id`
        FROM `users`
        WHERE `users`.`id` NOT IN (?, ?, ?, ?, ?, ?, ?, ?)
        ORDER BY `users`.`id` ASC"#,
        )
        .sqlite(
            r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."id" NOT IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ORDER BY "users"."id" ASC"#,
        )
        .gives(vec![1, 2, 3, 5, 6], [4])
        .again(vec![9, 8, 7, 6, 5, 4, 3], [1, 2]);
}

#[test]
fn in_an_empty_list_is_false_even_of_null() {
    query(|id: i64| {
        let none: [i32; 0] = [];
        User::query().filter(|u| u.id.gte(id)).order_by(|u| u.id.asc()).select(|u| {
            (
                u.age,
                u.age.in_list(none).nullable(),
                u.age.not_in_list(none).nullable(),
                u.age.not_in_list(none).is_true(),
            )
        })
    })
    .postgres(
        r#"SELECT "users"."age", "users"."age" = ANY($1), "users"."age" <> ALL($2), ("users"."age" <> ALL($3)) IS
        TRUE
        FROM "users"
        WHERE "users"."id" >= $4
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`age`, FALSE, TRUE, TRUE IS TRUE
        FROM `users`
        WHERE `users`.`id` >= ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."age", FALSE, TRUE, TRUE IS TRUE
        FROM "users"
        WHERE "users"."id" >= ?1
        ORDER BY "users"."id" ASC"#,
    )
    .gives(3, [(None, Some(false), Some(true), true), (Some(31), Some(false), Some(true), true)])
    .again(4, [(Some(31), Some(false), Some(true), true)]);
}

#[test]
fn in_a_list_null_is_neither_in_nor_out() {
    query(|ages: [i32; 2]| {
        User::query()
            .order_by(|u| u.id.asc())
            .select(|u| (u.age.in_list(ages).nullable(), u.age.not_in_list(ages).nullable()))
    })
    .postgres(r#"SELECT "users"."age" = ANY($1), "users"."age" <> ALL($2) FROM "users" ORDER BY "users"."id" ASC"#)
    .mysql_and_mariadb(
        r#"SELECT `users`.`age` IN (?, ?), `users`.`age` NOT IN (?, ?) FROM `users` ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."age" IN (?1, ?2), "users"."age" NOT IN (?3, ?4)
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .gives([31, 1], [(Some(true), Some(false)), (Some(false), Some(true)), (None, None), (Some(true), Some(false))])
    .again([45, 2], [(Some(false), Some(true)), (Some(true), Some(false)), (None, None), (Some(false), Some(true))]);
}

#[test]
fn in_a_list_of_text() {
    query(|names: Vec<&'static str>| {
        User::query().filter(|u| u.name.in_list(names)).order_by(|u| u.id.asc()).select(|u| u.id)
    })
    .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."name" = ANY($1) ORDER BY "users"."id" ASC"#)
    .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` WHERE `users`.`name` IN (?, ?) ORDER BY `users`.`id` ASC"#)
    .sqlite(r#"SELECT "users"."id" FROM "users" WHERE "users"."name" IN (?1, ?2) ORDER BY "users"."id" ASC"#)
    .gives(vec!["Dan O'Hara", "Zoë"], [3, 4])
    .again(vec!["'); --", "Ann"], [1]);
}

#[test]
fn in_a_list_of_expressions() {
    query(|id: i64| {
        Comment::query()
            .filter(|c| c.id.in_list([c.thread_id + 0, value(id) + 0]))
            .order_by(|c| c.id.asc())
            .select(|c| c.id)
    })
    .postgres(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE "comments"."id" IN ("comments"."thread_id" + $1, $2 + $3)
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id`
        FROM `comments`
        WHERE `comments`.`id` IN (`comments`.`thread_id` + ?, CAST(? AS SIGNED) + CAST(? AS SIGNED))
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE "comments"."id" IN ("comments"."thread_id" + ?1, ?2 + ?3)
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(3, [1, 3])
    .again(5, [1, 5]);
}

#[test]
fn a_scalar_subquery_beside_an_operator() {
    query(|id: i64| {
        User::query()
            .filter(|u| u.age.gte(User::query().filter(|other| other.id.eq(id)).select(|other| other.age)))
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."age" >= (SELECT "users_2"."age" FROM "users" AS "users_2" WHERE "users_2"."id" = $1)
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`
        FROM `users`
        WHERE `users`.`age` >= (SELECT `users_2`.`age` FROM `users` AS `users_2` WHERE `users_2`.`id` = ?)
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."age" >= (SELECT "users_2"."age" FROM "users" AS "users_2" WHERE "users_2"."id" = ?1)
        ORDER BY "users"."id" ASC"#,
    )
    .gives(2, [2])
    .again(4, [1, 2, 4]);
}

#[test]
fn a_correlated_scalar_subquery_in_the_select_list() {
    query(|(id, none): (i64, i64)| {
        User::query().filter(|u| u.id.gte(id)).order_by(|u| u.id.asc()).select(|u| {
            let comments = Comment::query().filter(|c| c.author_id.eq(u.id)).aggregate(|g| g.max(|c| c.id));
            (u.name, value(none).null_if(none).coalesce(comments))
        })
    })
    .postgres(
        r#"SELECT "users"."name", coalesce(nullif($1, $2), (SELECT max("comments"."id") FROM "comments" WHERE
        "comments"."author_id" = "users"."id"))
        FROM "users"
        WHERE "users"."id" >= $3
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`, coalesce(nullif(CAST(? AS SIGNED), ?), (SELECT max(`comments`.`id`) FROM
        `comments` WHERE `comments`.`author_id` = `users`.`id`))
        FROM `users`
        WHERE `users`.`id` >= ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name", coalesce(nullif(?1, ?2), (SELECT max("comments"."id") FROM "comments" WHERE
        "comments"."author_id" = "users"."id"))
        FROM "users"
        WHERE "users"."id" >= ?3
        ORDER BY "users"."id" ASC"#,
    )
    .gives((2, 7), [("Bob", Some(4)), ("Zoë", None), ("Dan O'Hara", None)])
    .again((3, 8), [("Zoë", None::<i64>), ("Dan O'Hara", None)]);
}

#[test]
fn a_subquery_that_is_selected_and_sorted_by() {
    query(|(id, body): (i64, &str)| {
        let bodies = move |u: UserColumns| Comment::query().filter(move |c| c.author_id.eq(u.id) & c.body.ne(body));
        User::query()
            .filter(|u| u.id.lte(id))
            .order_by(|u| (bodies(u).aggregate(|g| g.count()).scalar().desc(), u.id.desc()))
            .select(|u| {
                let first = bodies(u).order_by(|c| c.id.asc()).limit(1).select(|c| c.body);
                (u.name, bodies(u).aggregate(|g| g.count()).scalar().coalesce(0), first.scalar())
            })
    })
    .postgres(
        r#"SELECT "users"."name", coalesce((SELECT count(*) FROM "comments" WHERE "comments"."author_id" =
        "users"."id" AND "comments"."body" <> $1), $2), (SELECT "comments_2"."body" FROM "comments" AS
        "comments_2" WHERE "comments_2"."author_id" = "users"."id" AND "comments_2"."body" <> $3 ORDER BY
        "comments_2"."id" ASC LIMIT $4)
        FROM "users"
        WHERE "users"."id" <= $5
        ORDER BY (SELECT count(*) FROM "comments" AS "comments_3" WHERE "comments_3"."author_id" = "users"."id"
        AND "comments_3"."body" <> $6) DESC, "users"."id" DESC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`, coalesce((SELECT count(*) FROM `comments` WHERE `comments`.`author_id` =
        `users`.`id` AND `comments`.`body` <> ?), ?), (SELECT `comments_2`.`body` FROM `comments` AS `comments_2`
        WHERE `comments_2`.`author_id` = `users`.`id` AND `comments_2`.`body` <> ? ORDER BY `comments_2`.`id` ASC
        LIMIT ?)
        FROM `users`
        WHERE `users`.`id` <= ?
        ORDER BY (SELECT count(*) FROM `comments` AS `comments_3` WHERE `comments_3`.`author_id` = `users`.`id`
        AND `comments_3`.`body` <> ?) DESC, `users`.`id` DESC"#,
    )
    .sqlite(
        r#"SELECT "users"."name", coalesce((SELECT count(*) FROM "comments" WHERE "comments"."author_id" =
        "users"."id" AND "comments"."body" <> ?1), ?2), (SELECT "comments_2"."body" FROM "comments" AS
        "comments_2" WHERE "comments_2"."author_id" = "users"."id" AND "comments_2"."body" <> ?3 ORDER BY
        "comments_2"."id" ASC LIMIT ?4+0)
        FROM "users"
        WHERE "users"."id" <= ?5
        ORDER BY (SELECT count(*) FROM "comments" AS "comments_3" WHERE "comments_3"."author_id" = "users"."id"
        AND "comments_3"."body" <> ?6) DESC, "users"."id" DESC"#,
    )
    .gives((3, ""), [("Bob", 2, Some("reply")), ("Ann", 2, Some("root")), ("Zoë", 0, None)])
    .again((2, "reply"), [("Ann", 2, Some("root")), ("Bob", 1, Some("alone"))]);
}

#[test]
fn a_subquery_two_levels_deep_sees_the_outermost() {
    query(|body: &str| {
        User::query()
            .filter(|u| {
                exists(Thread::query().filter(|t| {
                    t.user_id.eq(u.id)
                        & exists(
                            Comment::query().filter(|c| c.thread_id.eq(t.id) & c.author_id.ne(u.id) & c.body.ne(body)),
                        )
                }))
            })
            .select(|u| u.name)
    })
    .postgres(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE EXISTS(SELECT 1 FROM "threads" WHERE "threads"."user_id" = "users"."id" AND EXISTS(SELECT 1 FROM
        "comments" WHERE "comments"."thread_id" = "threads"."id" AND "comments"."author_id" <> "users"."id" AND
        "comments"."body" <> $1))"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`
        FROM `users`
        WHERE EXISTS(SELECT 1 FROM `threads` WHERE `threads`.`user_id` = `users`.`id` AND EXISTS(SELECT 1 FROM
        `comments` WHERE `comments`.`thread_id` = `threads`.`id` AND `comments`.`author_id` <> `users`.`id` AND
        `comments`.`body` <> ?))"#,
    )
    .sqlite(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE EXISTS(SELECT 1 FROM "threads" WHERE "threads"."user_id" = "users"."id" AND EXISTS(SELECT 1 FROM
        "comments" WHERE "comments"."thread_id" = "threads"."id" AND "comments"."author_id" <> "users"."id" AND
        "comments"."body" <> ?1))"#,
    )
    .gives("x", ["Ann", "Bob"])
    .again("third", ["Ann"]);
}
