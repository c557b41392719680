//! Joins: of every kind, of a table with itself, of many, of tables for different databases.

use relvar_sql_tests::prelude::*;

#[test]
fn inner_join() {
    query(|id: i64| {
        Thread::query()
            .join(User::table(), |t, u| t.user_id.eq(u.id))
            .filter(|(t, _)| t.id.lte(id))
            .order_by(|(t, _)| t.id.asc())
            .select(|(t, u)| (t.title, u.name))
    })
    .postgres(
        r#"SELECT "threads"."title", "users"."name"
        FROM "threads"
        INNER JOIN "users" ON "threads"."user_id" = "users"."id"
        WHERE "threads"."id" <= $1
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `threads`.`title`, `users`.`name`
        FROM `threads`
        INNER JOIN `users` ON `threads`.`user_id` = `users`.`id`
        WHERE `threads`.`id` <= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."title", "users"."name"
        FROM "threads"
        INNER JOIN "users" ON "threads"."user_id" = "users"."id"
        WHERE "threads"."id" <= ?1
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(2, [("Hello", "Ann"), ("100% sure", "Ann")])
    .again(1, [("Hello", "Ann")]);
}

#[test]
fn left_join_makes_what_it_joins_optional() {
    query(|(id, body): (i64, &str)| {
        User::query()
            .left_join(Comment::table(), |u, c| c.author_id.eq(u.id) & c.body.ne(body))
            .filter(|(u, _)| u.id.gte(id))
            .order_by(|(u, c)| (u.id.asc(), c.id.asc()))
            .select(|(u, c)| (u.id, c))
    })
    .postgres(
        r#"SELECT "users"."id", "comments"."id", "comments"."thread_id", "comments"."author_id",
        "comments"."parent_id", "comments"."body"
        FROM "users"
        LEFT JOIN "comments" ON "comments"."author_id" = "users"."id"
        AND "comments"."body" <> $1
        WHERE "users"."id" >= $2
        ORDER BY "users"."id" ASC, "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`, `comments`.`id`, `comments`.`thread_id`, `comments`.`author_id`,
        `comments`.`parent_id`, `comments`.`body`
        FROM `users`
        LEFT JOIN `comments` ON `comments`.`author_id` = `users`.`id` AND `comments`.`body` <> ?
        WHERE `users`.`id` >= ?
        ORDER BY `users`.`id` ASC, `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id", "comments"."id", "comments"."thread_id", "comments"."author_id",
        "comments"."parent_id", "comments"."body"
        FROM "users"
        LEFT JOIN "comments" ON "comments"."author_id" = "users"."id"
        AND "comments"."body" <> ?1
        WHERE "users"."id" >= ?2
        ORDER BY "users"."id" ASC, "comments"."id" ASC"#,
    )
    .gives(
        (2, "alone"),
        [
            (2, Some(Comment { id: 2, thread_id: 1, author_id: Some(2), parent_id: Some(1), body: "reply".into() })),
            (3, None),
            (4, None),
        ],
    )
    .again((3, ""), [(3, None::<()>), (4, None)]);
}

#[test]
fn right_join_makes_what_was_there_optional() {
    query(|id: i64| {
        Comment::query()
            .right_join(User::table(), |c, u| c.author_id.eq(u.id))
            .filter(|(_, u)| u.id.gte(id))
            .order_by(|(c, u)| (u.id.asc(), c.id.asc()))
            .select(|(c, u)| (c.body, u.name))
    })
    .postgres(
        r#"SELECT "comments"."body", "users"."name"
        FROM "comments"
        RIGHT JOIN "users" ON "comments"."author_id" = "users"."id"
        WHERE "users"."id" >= $1
        ORDER BY "users"."id" ASC, "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`body`, `users`.`name`
        FROM `comments`
        RIGHT JOIN `users` ON `comments`.`author_id` = `users`.`id`
        WHERE `users`.`id` >= ?
        ORDER BY `users`.`id` ASC, `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."body", "users"."name"
        FROM "comments"
        RIGHT JOIN "users" ON "comments"."author_id" = "users"."id"
        WHERE "users"."id" >= ?1
        ORDER BY "users"."id" ASC, "comments"."id" ASC"#,
    )
    .gives(2, [(Some("reply"), "Bob"), (Some("alone"), "Bob"), (None, "Zoë"), (None, "Dan O'Hara")])
    .again(4, [(None::<&str>, "Dan O'Hara")]);
}

#[test]
fn full_join_makes_both_optional() {
    query(|body: &str| {
        let people = Person::query().filter(|p| p.id.gte(2) & p.id.lte(3)).select(|p| (p.id, p.name)).derived();
        Comment::query()
            .full_join(people, move |c, p| c.author_id.eq(p.0) & c.body.ne(body))
            .order_by(|(c, p)| (c.id.coalesce(99).asc(), p.0.coalesce(99).asc()))
            .select(|(c, p)| (c.id, p.1))
    })
    .postgres(
        r#"SELECT "comments"."id", "derived"."c1"
        FROM "comments"
        FULL OUTER JOIN (SELECT "users"."id" AS "c0", "users"."name" AS "c1" FROM "users" WHERE "users"."id" >=
        $1 AND "users"."id" <= $2) AS "derived" ON "comments"."author_id" = "derived"."c0"
        AND "comments"."body" <> $3
        ORDER BY coalesce("comments"."id", $4) ASC, coalesce("derived"."c0", $5) ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"SELECT "comments"."id", "derived"."c1"
        FROM "comments"
        FULL OUTER JOIN (SELECT "users"."id" AS "c0", "users"."name" AS "c1" FROM "users" WHERE "users"."id" >=
        ?1 AND "users"."id" <= ?2) AS "derived" ON "comments"."author_id" = "derived"."c0"
        AND "comments"."body" <> ?3
        ORDER BY coalesce("comments"."id", ?4) ASC, coalesce("derived"."c0", ?5) ASC"#,
    )
    .gives(
        "alone",
        [
            (Some(1), None),
            (Some(2), Some("Bob")),
            (Some(3), None),
            (Some(4), None),
            (Some(5), None),
            (None, Some("Zoë")),
        ],
    )
    .again(
        "",
        [
            (Some(1), None),
            (Some(2), Some("Bob")),
            (Some(3), None),
            (Some(4), Some("Bob")),
            (Some(5), None),
            (None, Some("Zoë")),
        ],
    );
}

#[test]
fn cross_join() {
    query(|id: i64| {
        User::query()
            .cross_join(Counter::table())
            .filter(|(u, _)| u.id.gt(id))
            .order_by(|(u, _)| u.id.asc())
            .select(|(u, c)| (u.id, c.label))
    })
    .postgres(
        r#"SELECT "users"."id", "counters"."label"
        FROM "users"
        CROSS JOIN "counters"
        WHERE "users"."id" > $1
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`, `counters`.`label`
        FROM `users`
        CROSS JOIN `counters`
        WHERE `users`.`id` > ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id", "counters"."label"
        FROM "users"
        CROSS JOIN "counters"
        WHERE "users"."id" > ?1
        ORDER BY "users"."id" ASC"#,
    )
    .gives(2, [(3, "five"), (4, "five")])
    .again(3, [(4, "five")]);
}

#[test]
fn a_table_joined_to_itself() {
    query(|body: &str| {
        Comment::query()
            .join(Comment::table(), |c, parent| c.parent_id.eq(parent.id))
            .left_join(Comment::table(), |(_, parent), root| parent.parent_id.eq(root.id))
            .filter(move |(c, ..)| c.body.ne(body))
            .order_by(|(c, ..)| c.id.asc())
            .select(|(c, parent, root)| (c.body, parent.body, root.body))
    })
    .postgres(
        r#"SELECT "comments"."body", "comments_2"."body", "comments_3"."body"
        FROM "comments"
        INNER JOIN "comments" AS "comments_2" ON "comments"."parent_id" = "comments_2"."id"
        LEFT JOIN "comments" AS "comments_3" ON "comments_2"."parent_id" = "comments_3"."id"
        WHERE "comments"."body" <> $1
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`body`, `comments_2`.`body`, `comments_3`.`body`
        FROM `comments`
        INNER JOIN `comments` AS `comments_2` ON `comments`.`parent_id` = `comments_2`.`id`
        LEFT JOIN `comments` AS `comments_3` ON `comments_2`.`parent_id` = `comments_3`.`id`
        WHERE `comments`.`body` <> ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."body", "comments_2"."body", "comments_3"."body"
        FROM "comments"
        INNER JOIN "comments" AS "comments_2" ON "comments"."parent_id" = "comments_2"."id"
        LEFT JOIN "comments" AS "comments_3" ON "comments_2"."parent_id" = "comments_3"."id"
        WHERE "comments"."body" <> ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives("", [("reply", "root", None), ("deep", "reply", Some("root"))])
    .again("reply", [("deep", "reply", Some("root"))]);
}

#[test]
fn eight_sources() {
    query(|id: i64| {
        Comment::query()
            .join(Thread::table(), |c, t| c.thread_id.eq(t.id))
            .join(User::table(), |(_, t), u| t.user_id.eq(u.id))
            .left_join(User::table(), |(c, ..), author| c.author_id.eq(author.id))
            .left_join(Comment::table(), |(c, ..), parent| c.parent_id.eq(parent.id))
            .left_join(User::table(), |(.., parent), writer| parent.author_id.eq(writer.id))
            .cross_join(Counter::table())
            .join(Event::table(), |(c, ..), e| e.id.eq(c.thread_id))
            .filter(|(c, ..)| c.id.lte(id))
            .order_by(|(c, ..)| c.id.asc())
            .select(|(c, t, u, author, parent, writer, n, e)| {
                (c.body, t.title, u.name, author.name, parent.body, writer.name, n.label, e.id)
            })
    })
    .postgres(
        r#"SELECT "comments"."body", "threads"."title", "users"."name", "users_2"."name", "comments_2"."body",
        "users_3"."name", "counters"."label", "events"."id"
        FROM "comments"
        INNER JOIN "threads" ON "comments"."thread_id" = "threads"."id"
        INNER JOIN "users" ON "threads"."user_id" = "users"."id"
        LEFT JOIN "users" AS "users_2" ON "comments"."author_id" = "users_2"."id"
        LEFT JOIN "comments" AS "comments_2" ON "comments"."parent_id" = "comments_2"."id"
        LEFT JOIN "users" AS "users_3" ON "comments_2"."author_id" = "users_3"."id"
        CROSS JOIN "counters"
        INNER JOIN "events" ON "events"."id" = "comments"."thread_id"
        WHERE "comments"."id" <= $1
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`body`, `threads`.`title`, `users`.`name`, `users_2`.`name`, `comments_2`.`body`,
        `users_3`.`name`, `counters`.`label`, `events`.`id`
        FROM `comments`
        INNER JOIN `threads` ON `comments`.`thread_id` = `threads`.`id`
        INNER JOIN `users` ON `threads`.`user_id` = `users`.`id`
        LEFT JOIN `users` AS `users_2` ON `comments`.`author_id` = `users_2`.`id`
        LEFT JOIN `comments` AS `comments_2` ON `comments`.`parent_id` = `comments_2`.`id`
        LEFT JOIN `users` AS `users_3` ON `comments_2`.`author_id` = `users_3`.`id`
        CROSS JOIN `counters`
        INNER JOIN `events` ON `events`.`id` = `comments`.`thread_id`
        WHERE `comments`.`id` <= ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."body", "threads"."title", "users"."name", "users_2"."name", "comments_2"."body",
        "users_3"."name", "counters"."label", "events"."id"
        FROM "comments"
        INNER JOIN "threads" ON "comments"."thread_id" = "threads"."id"
        INNER JOIN "users" ON "threads"."user_id" = "users"."id"
        LEFT JOIN "users" AS "users_2" ON "comments"."author_id" = "users_2"."id"
        LEFT JOIN "comments" AS "comments_2" ON "comments"."parent_id" = "comments_2"."id"
        LEFT JOIN "users" AS "users_3" ON "comments_2"."author_id" = "users_3"."id"
        CROSS JOIN "counters"
        INNER JOIN "events" ON "events"."id" = "comments"."thread_id"
        WHERE "comments"."id" <= ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(
        3,
        [
            ("root", "Hello", "Ann", Some("Ann"), None, None, "five", 1),
            ("reply", "Hello", "Ann", Some("Bob"), Some("root"), Some("Ann"), "five", 1),
            ("deep", "Hello", "Ann", None, Some("reply"), Some("Bob"), "five", 1),
        ],
    )
    .again(1, [("root", "Hello", "Ann", Some("Ann"), None::<&str>, None::<&str>, "five", 1)]);
}

#[test]
fn outer_joins_after_one_another_keep_what_is_optional() {
    query(|id: i64| {
        Comment::query()
            .left_join(User::table(), |c, u| c.author_id.eq(u.id))
            .right_join(Thread::table(), |(c, _), t| c.thread_id.eq(t.id))
            .filter(|(.., t)| t.id.gte(id))
            .order_by(|(c, _, t)| (t.id.asc(), c.id.asc()))
            .select(|(c, u, t)| (c.id, u.name, t.id))
    })
    .postgres(
        r#"SELECT "comments"."id", "users"."name", "threads"."id"
        FROM "comments"
        LEFT JOIN "users" ON "comments"."author_id" = "users"."id"
        RIGHT JOIN "threads" ON "comments"."thread_id" = "threads"."id"
        WHERE "threads"."id" >= $1
        ORDER BY "threads"."id" ASC, "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id`, `users`.`name`, `threads`.`id`
        FROM `comments`
        LEFT JOIN `users` ON `comments`.`author_id` = `users`.`id`
        RIGHT JOIN `threads` ON `comments`.`thread_id` = `threads`.`id`
        WHERE `threads`.`id` >= ?
        ORDER BY `threads`.`id` ASC, `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id", "users"."name", "threads"."id"
        FROM "comments"
        LEFT JOIN "users" ON "comments"."author_id" = "users"."id"
        RIGHT JOIN "threads" ON "comments"."thread_id" = "threads"."id"
        WHERE "threads"."id" >= ?1
        ORDER BY "threads"."id" ASC, "comments"."id" ASC"#,
    )
    .gives(3, [(Some(5), Some("Ann"), 3), (None, None, 4)])
    .again(4, [(None::<i64>, None::<&str>, 4)]);
}

#[test]
fn a_table_for_all_databases_joins_one_for_postgresql() {
    query(|id: i64| {
        User::query()
            .join(Article::table(), |u, a| u.id.eq(a.id))
            .filter(|(u, _)| u.id.eq(id))
            .select(|(u, a)| (u.name, a.title))
    })
    .postgres(
        r#"SELECT "users"."name", "articles"."title"
        FROM "users"
        INNER JOIN "articles" ON "users"."id" = "articles"."id"
        WHERE "users"."id" = $1"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [("Ann", "Quick foxes")])
    .again(2, [("Bob", "Lazy dogs")]);
}

#[test]
fn a_table_for_postgresql_joins_one_for_all_databases() {
    query(|id: i64| {
        Article::query()
            .join(User::table(), |a, u| u.id.eq(a.id))
            .filter(|(_, u)| u.id.eq(id))
            .select(|(a, u)| (u.name, a.title))
    })
    .postgres(
        r#"SELECT "users"."name", "articles"."title"
        FROM "articles"
        INNER JOIN "users" ON "users"."id" = "articles"."id"
        WHERE "users"."id" = $1"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [("Ann", "Quick foxes")])
    .again(2, [("Bob", "Lazy dogs")]);
}
