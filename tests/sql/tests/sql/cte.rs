//! Common table expressions and derived tables.

use relvar_sql_tests::prelude::*;

#[test]
fn a_cte_is_queried() {
    query(|(active, id): (bool, i64)| {
        let users = User::query().filter(|u| u.active.eq(active)).select(|u| (u.id, u.name)).cte("some_users");
        users.query().filter(|u| u.0.gt(id)).order_by(|u| u.0.asc())
    })
    .postgres(
        r#"WITH "some_users" ("c0", "c1") AS (SELECT "users"."id", "users"."name" FROM "users" WHERE
        "users"."active" = $1)
        SELECT "some_users"."c0", "some_users"."c1"
        FROM "some_users"
        WHERE "some_users"."c0" > $2
        ORDER BY "some_users"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"WITH `some_users` (`c0`, `c1`) AS (SELECT `users`.`id`, `users`.`name` FROM `users` WHERE
        `users`.`active` = ?)
        SELECT `some_users`.`c0`, `some_users`.`c1`
        FROM `some_users`
        WHERE `some_users`.`c0` > ?
        ORDER BY `some_users`.`c0` ASC"#,
    )
    .sqlite(
        r#"WITH "some_users" ("c0", "c1") AS (SELECT "users"."id", "users"."name" FROM "users" WHERE
        "users"."active" = ?1)
        SELECT "some_users"."c0", "some_users"."c1"
        FROM "some_users"
        WHERE "some_users"."c0" > ?2
        ORDER BY "some_users"."c0" ASC"#,
    )
    .gives((true, 1), [(3, "Zoë"), (4, "Dan O'Hara")])
    .again((false, 0), [(2, "Bob")]);
}

#[test]
fn a_cte_is_joined() {
    query(|least: i64| {
        let busy = Comment::query()
            .group_by(|c| c.thread_id)
            .having(|_, g| g.count().gt(least))
            .select(|thread, g| (thread, g.count()))
            .cte("busy");
        Thread::query().join(&busy, |t, b| t.id.eq(b.0)).order_by(|(t, _)| t.id.asc()).select(|(t, b)| (t.title, b.1))
    })
    .postgres(
        r#"WITH "busy" ("c0", "c1") AS (SELECT "comments"."thread_id", count(*) FROM "comments" GROUP BY
        "comments"."thread_id" HAVING count(*) > $1)
        SELECT "threads"."title", "busy"."c1"
        FROM "threads"
        INNER JOIN "busy" ON "threads"."id" = "busy"."c0"
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"WITH `busy` (`c0`, `c1`) AS (SELECT `comments`.`thread_id`, count(*) FROM `comments` GROUP BY
        `comments`.`thread_id` HAVING count(*) > ?)
        SELECT `threads`.`title`, `busy`.`c1`
        FROM `threads`
        INNER JOIN `busy` ON `threads`.`id` = `busy`.`c0`
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"WITH "busy" ("c0", "c1") AS (SELECT "comments"."thread_id", count(*) FROM "comments" GROUP BY
        "comments"."thread_id" HAVING count(*) > ?1)
        SELECT "threads"."title", "busy"."c1"
        FROM "threads"
        INNER JOIN "busy" ON "threads"."id" = "busy"."c0"
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(0, [("Hello", 3), ("100% sure", 1), ("snake_case", 1)])
    .again(1, [("Hello", 3)]);
}

#[test]
fn a_cte_of_rows_with_names() {
    query(|id: i64| {
        let cards = User::query()
            .filter(|u| u.id.gte(id))
            .select(|u| SummaryExprs { title: u.name, author: u.bio })
            .cte("cards");
        Thread::query()
            .left_join(&cards, |t, c| c.title.eq("Zoë") & t.id.eq(4))
            .filter(|(t, _)| t.id.gte(3))
            .order_by(|(t, _)| t.id.asc())
            .select(|(t, c)| (t.id, c))
    })
    .postgres(
        r#"WITH "cards" ("title", "author") AS (SELECT "users"."name", "users"."bio" FROM "users" WHERE "users"."id"
        >= $1)
        SELECT "threads"."id", "cards"."title", "cards"."author"
        FROM "threads"
        LEFT JOIN "cards" ON "cards"."title" = $2 AND "threads"."id" = $3
        WHERE "threads"."id" >= $4
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"WITH `cards` (`title`, `author`) AS (SELECT `users`.`name`, `users`.`bio` FROM `users` WHERE `users`.`id`
        >= ?)
        SELECT `threads`.`id`, `cards`.`title`, `cards`.`author`
        FROM `threads`
        LEFT JOIN `cards` ON `cards`.`title` = ? AND `threads`.`id` = ?
        WHERE `threads`.`id` >= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"WITH "cards" ("title", "author") AS (SELECT "users"."name", "users"."bio" FROM "users" WHERE "users"."id"
        >= ?1)
        SELECT "threads"."id", "cards"."title", "cards"."author"
        FROM "threads"
        LEFT JOIN "cards" ON "cards"."title" = ?2 AND "threads"."id" = ?3
        WHERE "threads"."id" >= ?4
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(1, [(3, None), (4, Some(Summary { title: "Zoë".into(), author: Some("snake_case \\ slash".into()) }))])
    .again(4, [(3, None::<Summary>), (4, None)]);
}

#[test]
fn a_cte_used_twice() {
    query(|name: &str| {
        let users = User::query().filter(|u| u.name.ne(name)).select(|u| (u.id, u.age)).cte("users_of_age");
        users.query().join(&users, |a, b| a.1.eq(b.1) & a.0.lt(b.0)).select(|(a, b)| (a.0, b.0))
    })
    .postgres(
        r#"WITH "users_of_age" ("c0", "c1") AS (SELECT "users"."id", "users"."age" FROM "users" WHERE "users"."name"
        <> $1)
        SELECT "users_of_age"."c0", "users_of_age_2"."c0"
        FROM "users_of_age"
        INNER JOIN "users_of_age" AS "users_of_age_2" ON "users_of_age"."c1" = "users_of_age_2"."c1"
        AND "users_of_age"."c0" < "users_of_age_2"."c0""#,
    )
    .mysql_and_mariadb(
        r#"WITH `users_of_age` (`c0`, `c1`) AS (SELECT `users`.`id`, `users`.`age` FROM `users` WHERE `users`.`name`
        <> ?)
        SELECT `users_of_age`.`c0`, `users_of_age_2`.`c0`
        FROM `users_of_age`
        INNER JOIN `users_of_age` AS `users_of_age_2` ON `users_of_age`.`c1` = `users_of_age_2`.`c1` AND
        `users_of_age`.`c0` < `users_of_age_2`.`c0`"#,
    )
    .sqlite(
        r#"WITH "users_of_age" ("c0", "c1") AS (SELECT "users"."id", "users"."age" FROM "users" WHERE "users"."name"
        <> ?1)
        SELECT "users_of_age"."c0", "users_of_age_2"."c0"
        FROM "users_of_age"
        INNER JOIN "users_of_age" AS "users_of_age_2" ON "users_of_age"."c1" = "users_of_age_2"."c1"
        AND "users_of_age"."c0" < "users_of_age_2"."c0""#,
    )
    .gives("Bob", [(1, 4)])
    .again("Ann", [(0, 0); 0]);
}

#[test]
fn a_cte_that_uses_another() {
    query(|(done, title): (bool, &str)| {
        let open = Thread::query().filter(|t| t.done.eq(done)).select(|t| (t.id, t.user_id)).cte("open");
        let replies =
            Comment::query().join(&open, |c, t| c.thread_id.eq(t.0)).select(|(c, t)| (t.1, c.body)).cte("replies");
        User::query()
            .join(&replies, |u, r| u.id.eq(r.0))
            .join(&open, |(u, _), o| o.1.eq(u.id))
            .filter(move |(_, r, _)| r.1.ne(title))
            .order_by(|(_, r, _)| r.1.asc())
            .select(|(u, r, o)| (u.name, r.1, o.0))
    })
    .postgres(
        r#"WITH "open" ("c0", "c1") AS (SELECT "threads"."id", "threads"."user_id" FROM "threads" WHERE
        "threads"."done" = $1), "replies" ("c0", "c1") AS (SELECT "open_2"."c1", "comments"."body" FROM
        "comments" INNER JOIN "open" AS "open_2" ON "comments"."thread_id" = "open_2"."c0")
        SELECT "users"."name", "replies"."c1", "open"."c0"
        FROM "users"
        INNER JOIN "replies" ON "users"."id" = "replies"."c0"
        INNER JOIN "open" ON "open"."c1" = "users"."id"
        WHERE "replies"."c1" <> $2
        ORDER BY "replies"."c1" ASC"#,
    )
    .mysql_and_mariadb(
        r#"WITH `open` (`c0`, `c1`) AS (SELECT `threads`.`id`, `threads`.`user_id` FROM `threads` WHERE
        `threads`.`done` = ?), `replies` (`c0`, `c1`) AS (SELECT `open_2`.`c1`, `comments`.`body` FROM `comments`
        INNER JOIN `open` AS `open_2` ON `comments`.`thread_id` = `open_2`.`c0`)
        SELECT `users`.`name`, `replies`.`c1`, `open`.`c0`
        FROM `users`
        INNER JOIN `replies` ON `users`.`id` = `replies`.`c0`
        INNER JOIN `open` ON `open`.`c1` = `users`.`id`
        WHERE `replies`.`c1` <> ?
        ORDER BY `replies`.`c1` ASC"#,
    )
    .sqlite(
        r#"WITH "open" ("c0", "c1") AS (SELECT "threads"."id", "threads"."user_id" FROM "threads" WHERE
        "threads"."done" = ?1), "replies" ("c0", "c1") AS (SELECT "open_2"."c1", "comments"."body" FROM
        "comments" INNER JOIN "open" AS "open_2" ON "comments"."thread_id" = "open_2"."c0")
        SELECT "users"."name", "replies"."c1", "open"."c0"
        FROM "users"
        INNER JOIN "replies" ON "users"."id" = "replies"."c0"
        INNER JOIN "open" ON "open"."c1" = "users"."id"
        WHERE "replies"."c1" <> ?2
        ORDER BY "replies"."c1" ASC"#,
    )
    .gives((false, "root"), [("Ann", "deep", 1), ("Ann", "reply", 1), ("Bob", "third", 3)])
    .again((true, ""), [("Ann", "alone", 2)]);
}

#[test]
fn a_cte_of_a_whole_table() {
    query(|id: i64| {
        let first = Counter::query().filter(|c| c.id.eq(id)).cte("first_counter");
        first.query().filter(|c| c.hits.gt(0))
    })
    .postgres(
        r#"WITH "first_counter" ("id", "hits", "label") AS (SELECT "counters"."id", "counters"."hits",
        "counters"."label" FROM "counters" WHERE "counters"."id" = $1)
        SELECT "first_counter"."id", "first_counter"."hits", "first_counter"."label"
        FROM "first_counter"
        WHERE "first_counter"."hits" > $2"#,
    )
    .mysql_and_mariadb(
        r#"WITH `first_counter` (`id`, `hits`, `label`) AS (SELECT `counters`.`id`, `counters`.`hits`,
        `counters`.`label` FROM `counters` WHERE `counters`.`id` = ?)
        SELECT `first_counter`.`id`, `first_counter`.`hits`, `first_counter`.`label`
        FROM `first_counter`
        WHERE `first_counter`.`hits` > ?"#,
    )
    .sqlite(
        r#"WITH "first_counter" ("id", "hits", "label") AS (SELECT "counters"."id", "counters"."hits",
        "counters"."label" FROM "counters" WHERE "counters"."id" = ?1)
        SELECT "first_counter"."id", "first_counter"."hits", "first_counter"."label"
        FROM "first_counter"
        WHERE "first_counter"."hits" > ?2"#,
    )
    .gives(1, [Counter { id: 1, hits: 5, label: "five".into() }])
    .again(2, [(); 0]);
}

#[test]
fn a_recursive_cte() {
    query(|(root, deepest): (i64, i64)| {
        let tree = recursive(
            "tree",
            Comment::query().filter(|c| c.id.eq(root)).select(|c| (c.id, constant(0i64), c.body)),
            |tree| {
                Comment::query()
                    .join(tree, |c, t| c.parent_id.eq(t.0))
                    .filter(|(_, t)| t.1.lt(deepest))
                    .select(|(c, t)| (c.id, t.1 + 1, c.body))
            },
        );
        tree.query().order_by(|t| t.1.asc())
    })
    .postgres(
        r#"WITH RECURSIVE "tree" ("c0", "c1", "c2") AS (SELECT "comments"."id", CAST(0 AS bigint), "comments"."body"
        FROM "comments" WHERE "comments"."id" = $1 UNION ALL SELECT "comments_2"."id", "tree_2"."c1" + $2,
        "comments_2"."body" FROM "comments" AS "comments_2" INNER JOIN "tree" AS "tree_2" ON
        "comments_2"."parent_id" = "tree_2"."c0" WHERE "tree_2"."c1" < $3)
        SELECT "tree"."c0", "tree"."c1", "tree"."c2"
        FROM "tree"
        ORDER BY "tree"."c1" ASC"#,
    )
    .mysql(
        r#"WITH RECURSIVE `tree` (`c0`, `c1`, `c2`) AS (SELECT `comments`.`id`, CAST(0 AS SIGNED), `comments`.`body`
        FROM `comments` WHERE `comments`.`id` = ? UNION ALL SELECT `comments_2`.`id`, `tree_2`.`c1` + ?,
        `comments_2`.`body` FROM `comments` AS `comments_2` INNER JOIN `tree` AS `tree_2` ON
        `comments_2`.`parent_id` = `tree_2`.`c0` WHERE `tree_2`.`c1` < ?)
        SELECT `tree`.`c0`, `tree`.`c1`, `tree`.`c2`
        FROM `tree`
        ORDER BY `tree`.`c1` ASC"#,
    )
    .mariadb(
        r#"WITH RECURSIVE `tree` (`c0`, `c1`, `c2`) AS (SELECT `comments`.`id`, CAST(00000000000000000000 AS
        SIGNED), `comments`.`body` FROM `comments` WHERE `comments`.`id` = ? UNION ALL SELECT `comments_2`.`id`,
        `tree_2`.`c1` + ?, `comments_2`.`body` FROM `comments` AS `comments_2` INNER JOIN `tree` AS `tree_2` ON
        `comments_2`.`parent_id` = `tree_2`.`c0` WHERE `tree_2`.`c1` < ?)
        SELECT `tree`.`c0`, `tree`.`c1`, `tree`.`c2`
        FROM `tree`
        ORDER BY `tree`.`c1` ASC"#,
    )
    .sqlite(
        r#"WITH RECURSIVE "tree" ("c0", "c1", "c2") AS (SELECT "comments"."id", 0, "comments"."body" FROM "comments"
        WHERE "comments"."id" = ?1 UNION ALL SELECT "comments_2"."id", "tree_2"."c1" + ?2, "comments_2"."body"
        FROM "comments" AS "comments_2" INNER JOIN "tree" AS "tree_2" ON "comments_2"."parent_id" = "tree_2"."c0"
        WHERE "tree_2"."c1" < ?3)
        SELECT "tree"."c0", "tree"."c1", "tree"."c2"
        FROM "tree"
        ORDER BY "tree"."c1" ASC"#,
    )
    .gives((1, 5), [(1, 0, "root"), (2, 1, "reply"), (3, 2, "deep")])
    .again((2, 0), [(2, 0, "reply")]);
}

#[test]
fn a_recursive_cte_counts() {
    query(|(from, to): (i64, i64)| {
        let numbers = recursive("numbers_up", Counter::query().select(|_| value(from)), |n| {
            n.query().filter(|n| n.0.lt(to)).select(|n| n.0 + 1)
        });
        numbers
            .query()
            .left_join(User::table(), |n, u| n.0.eq(u.id))
            .order_by(|(n, _)| n.0.asc())
            .select(|(n, u)| (n.0, u.name))
    })
    .postgres(
        r#"WITH RECURSIVE "numbers_up" ("c0") AS (SELECT $1 FROM "counters" UNION ALL SELECT "numbers_up_2"."c0" +
        $2 FROM "numbers_up" AS "numbers_up_2" WHERE "numbers_up_2"."c0" < $3)
        SELECT "numbers_up"."c0", "users"."name"
        FROM "numbers_up"
        LEFT JOIN "users" ON "numbers_up"."c0" = "users"."id"
        ORDER BY "numbers_up"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"WITH RECURSIVE `numbers_up` (`c0`) AS (SELECT CAST(? AS SIGNED) FROM `counters` UNION ALL SELECT
        `numbers_up_2`.`c0` + ? FROM `numbers_up` AS `numbers_up_2` WHERE `numbers_up_2`.`c0` < ?)
        SELECT `numbers_up`.`c0`, `users`.`name`
        FROM `numbers_up`
        LEFT JOIN `users` ON `numbers_up`.`c0` = `users`.`id`
        ORDER BY `numbers_up`.`c0` ASC"#,
    )
    .sqlite(
        r#"WITH RECURSIVE "numbers_up" ("c0") AS (SELECT ?1 FROM "counters" UNION ALL SELECT "numbers_up_2"."c0" +
        ?2 FROM "numbers_up" AS "numbers_up_2" WHERE "numbers_up_2"."c0" < ?3)
        SELECT "numbers_up"."c0", "users"."name"
        FROM "numbers_up"
        LEFT JOIN "users" ON "numbers_up"."c0" = "users"."id"
        ORDER BY "numbers_up"."c0" ASC"#,
    )
    .gives((3, 5), [(3, Some("Zoë")), (4, Some("Dan O'Hara")), (5, None)])
    .again((1, 1), [(1, Some("Ann"))]);
}

#[test]
fn a_derived_table_is_joined() {
    query(|(least, id): (i64, i64)| {
        let busy = Comment::query()
            .group_by(|c| c.author_id)
            .having(|_, g| g.count().gte(least))
            .select(|author, g| (author, g.count()))
            .derived();
        User::query()
            .left_join(busy, |u, b| b.0.eq(u.id))
            .filter(|(u, _)| u.id.gte(id))
            .order_by(|(u, _)| u.id.asc())
            .select(|(u, b)| (u.name, b.1))
    })
    .postgres(
        r#"SELECT "users"."name", "derived"."c1"
        FROM "users"
        LEFT JOIN (SELECT "comments"."author_id" AS "c0", count(*) AS "c1" FROM "comments" GROUP BY
        "comments"."author_id" HAVING count(*) >= $1) AS "derived" ON "derived"."c0" = "users"."id"
        WHERE "users"."id" >= $2
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`, `derived`.`c1`
        FROM `users`
        LEFT JOIN (SELECT `comments`.`author_id` AS `c0`, count(*) AS `c1` FROM `comments` GROUP BY
        `comments`.`author_id` HAVING count(*) >= ?) AS `derived` ON `derived`.`c0` = `users`.`id`
        WHERE `users`.`id` >= ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name", "derived"."c1"
        FROM "users"
        LEFT JOIN (SELECT "comments"."author_id" AS "c0", count(*) AS "c1" FROM "comments" GROUP BY
        "comments"."author_id" HAVING count(*) >= ?1) AS "derived" ON "derived"."c0" = "users"."id"
        WHERE "users"."id" >= ?2
        ORDER BY "users"."id" ASC"#,
    )
    .gives((1, 2), [("Bob", Some(2)), ("Zoë", None), ("Dan O'Hara", None)])
    .again((3, 1), [("Ann", None), ("Bob", None), ("Zoë", None), ("Dan O'Hara", None::<i64>)]);
}

#[test]
fn the_newest_of_each_by_a_derived_table() {
    query(|id: i64| {
        let newest = Comment::query().group_by(|c| c.thread_id).select(|_, g| g.max(|c| c.id)).derived();
        Comment::query()
            .join(newest, |c, n| n.0.eq(c.id))
            .filter(|(c, _)| c.id.ne(id))
            .order_by(|(c, _)| c.id.asc())
            .select(|(c, _)| c.body)
    })
    .postgres(
        r#"SELECT "comments"."body"
        FROM "comments"
        INNER JOIN (SELECT max("comments_2"."id") AS "c0" FROM "comments" AS "comments_2" GROUP BY
        "comments_2"."thread_id") AS "derived" ON "derived"."c0" = "comments"."id"
        WHERE "comments"."id" <> $1
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`body`
        FROM `comments`
        INNER JOIN (SELECT max(`comments_2`.`id`) AS `c0` FROM `comments` AS `comments_2` GROUP BY
        `comments_2`.`thread_id`) AS `derived` ON `derived`.`c0` = `comments`.`id`
        WHERE `comments`.`id` <> ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."body"
        FROM "comments"
        INNER JOIN (SELECT max("comments_2"."id") AS "c0" FROM "comments" AS "comments_2" GROUP BY
        "comments_2"."thread_id") AS "derived" ON "derived"."c0" = "comments"."id"
        WHERE "comments"."id" <> ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(9, ["deep", "alone", "third"])
    .again(4, ["deep", "third"]);
}

#[test]
fn a_limited_derived_table_keeps_its_limit_and_order() {
    query(|(inner, outer): (u64, u64)| {
        let newest = User::query().order_by(|u| u.id.desc()).select(|u| (u.id, u.name)).limit(inner).derived();
        Counter::query().cross_join(newest).order_by(|(_, u)| u.0.asc()).select(|(c, u)| (c.id, u.1)).limit(outer)
    })
    .postgres(
        r#"SELECT "counters"."id", "derived"."c1"
        FROM "counters"
        CROSS JOIN (SELECT "users"."id" AS "c0", "users"."name" AS "c1" FROM "users" ORDER BY "users"."id" DESC
        LIMIT $1) AS "derived"
        ORDER BY "derived"."c0" ASC
        LIMIT $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `counters`.`id`, `derived`.`c1`
        FROM `counters`
        CROSS JOIN (SELECT `users`.`id` AS `c0`, `users`.`name` AS `c1` FROM `users` ORDER BY `users`.`id` DESC
        LIMIT ?) AS `derived`
        ORDER BY `derived`.`c0` ASC LIMIT ?"#,
    )
    .sqlite(
        r#"SELECT "counters"."id", "derived"."c1"
        FROM "counters"
        CROSS JOIN (SELECT "users"."id" AS "c0", "users"."name" AS "c1" FROM "users" ORDER BY "users"."id" DESC
        LIMIT ?1+0) AS "derived"
        ORDER BY "derived"."c0" ASC
        LIMIT ?2+0"#,
    )
    .gives((2, 1), [(1, "Zoë")])
    .again((3, 2), [(1, "Bob"), (1, "Zoë")]);
}

#[test]
fn a_cte_inside_a_subquery() {
    query(|(name, hits): (&str, i64)| {
        let named = User::query().filter(|u| u.name.eq(name)).select(|u| u.id).cte("named");
        Counter::query()
            .filter(|c| exists(named.query().filter(|n| n.0.lt(c.hits))) & c.hits.gte(hits))
            .select(|c| c.label)
    })
    .postgres(
        r#"WITH "named" ("c0") AS (SELECT "users"."id" FROM "users" WHERE "users"."name" = $1)
        SELECT "counters"."label"
        FROM "counters"
        WHERE EXISTS(SELECT 1 FROM "named" WHERE "named"."c0" < "counters"."hits")
        AND "counters"."hits" >= $2"#,
    )
    .mysql_and_mariadb(
        r#"WITH `named` (`c0`) AS (SELECT `users`.`id` FROM `users` WHERE `users`.`name` = ?)
        SELECT `counters`.`label`
        FROM `counters`
        WHERE EXISTS(SELECT 1 FROM `named` WHERE `named`.`c0` < `counters`.`hits`) AND `counters`.`hits` >= ?"#,
    )
    .sqlite(
        r#"WITH "named" ("c0") AS (SELECT "users"."id" FROM "users" WHERE "users"."name" = ?1)
        SELECT "counters"."label"
        FROM "counters"
        WHERE EXISTS(SELECT 1 FROM "named" WHERE "named"."c0" < "counters"."hits")
        AND "counters"."hits" >= ?2"#,
    )
    .gives(("Ann", 5), ["five"])
    .again(("nobody", 0), [""; 0]);
}
