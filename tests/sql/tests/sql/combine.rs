//! UNION, INTERSECT and EXCEPT.

use relvar_sql_tests::prelude::*;

#[test]
fn union_and_union_all() {
    query(|(id, body): (i64, &str)| {
        let users = User::query().filter(|u| u.id.lte(id)).select(|u| u.id);
        let authors = Comment::query().filter(|c| c.author_id.is_not_null() & c.body.ne(body)).select(|c| c.thread_id);
        let threads = Thread::query().filter(|t| t.id.gt(id)).select(|t| t.id);
        users.union_all(threads).union(authors).query().order_by(|row| row.0.asc())
    })
    .postgres(
        r#"SELECT "derived_2"."c0"
        FROM (SELECT "derived"."c0" AS "c0" FROM (SELECT "users"."id" AS "c0" FROM "users" WHERE "users"."id" <=
        $1 UNION ALL (SELECT "threads"."id" AS "c0" FROM "threads" WHERE "threads"."id" > $2)) AS "derived" UNION
        (SELECT "comments"."thread_id" AS "c0" FROM "comments" WHERE "comments"."author_id" IS NOT NULL AND
        "comments"."body" <> $3)) AS "derived_2"
        ORDER BY "derived_2"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `derived_2`.`c0`
        FROM (SELECT `derived`.`c0` AS `c0` FROM (SELECT `users`.`id` AS `c0` FROM `users` WHERE `users`.`id` <=
        ? UNION ALL (SELECT `threads`.`id` AS `c0` FROM `threads` WHERE `threads`.`id` > ?)) AS `derived` UNION
        (SELECT `comments`.`thread_id` AS `c0` FROM `comments` WHERE `comments`.`author_id` IS NOT NULL AND
        `comments`.`body` <> ?)) AS `derived_2`
        ORDER BY `derived_2`.`c0` ASC"#,
    )
    .sqlite(
        r#"SELECT "derived_2"."c0"
        FROM (SELECT "derived"."c0" AS "c0" FROM (SELECT "users"."id" AS "c0" FROM "users" WHERE "users"."id" <=
        ?1 UNION ALL SELECT "threads"."id" AS "c0" FROM "threads" WHERE "threads"."id" > ?2) AS "derived" UNION
        SELECT "comments"."thread_id" AS "c0" FROM "comments" WHERE "comments"."author_id" IS NOT NULL AND
        "comments"."body" <> ?3) AS "derived_2"
        ORDER BY "derived_2"."c0" ASC"#,
    )
    .gives((1, ""), [1, 2, 3, 4])
    .again((2, "third"), [1, 2, 3, 4]);
}

#[test]
fn union_all_keeps_rows_that_are_alike() {
    query(|(one, two): (i64, i64)| {
        let of = |id: i64| User::query().filter(|u| u.id.eq(id)).select(|u| (u.name, u.age));
        of(one).union_all(of(two)).union_all(of(one))
    })
    .postgres(
        r#"SELECT "users"."name", "users"."age"
        FROM "users"
        WHERE "users"."id" = $1 UNION ALL (SELECT "users_2"."name", "users_2"."age" FROM "users" AS "users_2"
        WHERE "users_2"."id" = $2) UNION ALL (SELECT "users_3"."name", "users_3"."age" FROM "users" AS
        "users_3" WHERE "users_3"."id" = $3)"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`, `users`.`age`
        FROM `users`
        WHERE `users`.`id` = ? UNION ALL (SELECT `users_2`.`name`, `users_2`.`age` FROM `users` AS `users_2`
        WHERE `users_2`.`id` = ?) UNION ALL (SELECT `users_3`.`name`, `users_3`.`age` FROM `users` AS `users_3`
        WHERE `users_3`.`id` = ?)"#,
    )
    .sqlite(
        r#"SELECT "users"."name", "users"."age"
        FROM "users"
        WHERE "users"."id" = ?1 UNION ALL SELECT "users_2"."name", "users_2"."age"
        FROM "users" AS "users_2"
        WHERE "users_2"."id" = ?2 UNION ALL SELECT "users_3"."name", "users_3"."age"
        FROM "users" AS "users_3"
        WHERE "users_3"."id" = ?3"#,
    )
    .gives((1, 3), [("Ann", Some(31)), ("Zoë", None), ("Ann", Some(31))])
    .again((2, 9), [("Bob", Some(45)), ("Bob", Some(45))]);
}

#[test]
fn intersect() {
    query(|(low, high): (i64, i64)| {
        let above = User::query().filter(|u| u.id.gte(low)).select(|u| u.name);
        let below = User::query().filter(|u| u.id.lte(high)).select(|u| u.name);
        above.intersect(below).query().order_by(|row| row.0.asc())
    })
    .postgres(
        r#"SELECT "derived"."c0"
        FROM (SELECT "users"."name" AS "c0" FROM "users" WHERE "users"."id" >= $1 INTERSECT (SELECT
        "users_2"."name" AS "c0" FROM "users" AS "users_2" WHERE "users_2"."id" <= $2)) AS "derived"
        ORDER BY "derived"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `derived`.`c0`
        FROM (SELECT `users`.`name` AS `c0` FROM `users` WHERE `users`.`id` >= ? INTERSECT (SELECT
        `users_2`.`name` AS `c0` FROM `users` AS `users_2` WHERE `users_2`.`id` <= ?)) AS `derived`
        ORDER BY `derived`.`c0` ASC"#,
    )
    .sqlite(
        r#"SELECT "derived"."c0"
        FROM (SELECT "users"."name" AS "c0" FROM "users" WHERE "users"."id" >= ?1 INTERSECT SELECT
        "users_2"."name" AS "c0" FROM "users" AS "users_2" WHERE "users_2"."id" <= ?2) AS "derived"
        ORDER BY "derived"."c0" ASC"#,
    )
    .gives((2, 2), ["Bob"])
    .again((3, 2), [""; 0]);
}

#[test]
fn except() {
    query(|body: &str| {
        let users = User::query().select(|u| u.id.nullable());
        users
            .except(Comment::query().filter(|c| c.body.ne(body)).select(|c| c.author_id))
            .query()
            .order_by(|row| row.0.asc())
    })
    .postgres(
        r#"SELECT "derived"."c0"
        FROM (SELECT "users"."id" AS "c0" FROM "users" EXCEPT (SELECT "comments"."author_id" AS "c0" FROM
        "comments" WHERE "comments"."body" <> $1)) AS "derived"
        ORDER BY "derived"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `derived`.`c0`
        FROM (SELECT `users`.`id` AS `c0` FROM `users` EXCEPT (SELECT `comments`.`author_id` AS `c0` FROM
        `comments` WHERE `comments`.`body` <> ?)) AS `derived`
        ORDER BY `derived`.`c0` ASC"#,
    )
    .sqlite(
        r#"SELECT "derived"."c0"
        FROM (SELECT "users"."id" AS "c0" FROM "users" EXCEPT SELECT "comments"."author_id" AS "c0" FROM
        "comments" WHERE "comments"."body" <> ?1) AS "derived"
        ORDER BY "derived"."c0" ASC"#,
    )
    .gives("", [Some(3), Some(4)])
    .again("x", [Some(3), Some(4)]);
}

#[test]
fn operators_bind_as_they_are_nested() {
    query(|(one, two, three): (i64, i64, i64)| {
        let of = |id: i64| User::query().filter(|u| u.id.lte(id)).select(|u| u.id);
        of(one).except(of(two).union(of(three)).query()).query().order_by(|row| row.0.asc())
    })
    .postgres(
        r#"SELECT "derived_2"."c0"
        FROM (SELECT "users"."id" AS "c0" FROM "users" WHERE "users"."id" <= $1 EXCEPT (SELECT "derived"."c0" AS
        "c0" FROM (SELECT "users_2"."id" AS "c0" FROM "users" AS "users_2" WHERE "users_2"."id" <= $2 UNION
        (SELECT "users_3"."id" AS "c0" FROM "users" AS "users_3" WHERE "users_3"."id" <= $3)) AS "derived")) AS
        "derived_2"
        ORDER BY "derived_2"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `derived_2`.`c0`
        FROM (SELECT `users`.`id` AS `c0` FROM `users` WHERE `users`.`id` <= ? EXCEPT (SELECT `derived`.`c0` AS
        `c0` FROM (SELECT `users_2`.`id` AS `c0` FROM `users` AS `users_2` WHERE `users_2`.`id` <= ? UNION
        (SELECT `users_3`.`id` AS `c0` FROM `users` AS `users_3` WHERE `users_3`.`id` <= ?)) AS `derived`)) AS
        `derived_2`
        ORDER BY `derived_2`.`c0` ASC"#,
    )
    .sqlite(
        r#"SELECT "derived_2"."c0"
        FROM (SELECT "users"."id" AS "c0" FROM "users" WHERE "users"."id" <= ?1 EXCEPT SELECT "derived"."c0" AS
        "c0" FROM (SELECT "users_2"."id" AS "c0" FROM "users" AS "users_2" WHERE "users_2"."id" <= ?2 UNION
        SELECT "users_3"."id" AS "c0" FROM "users" AS "users_3" WHERE "users_3"."id" <= ?3) AS "derived") AS
        "derived_2"
        ORDER BY "derived_2"."c0" ASC"#,
    )
    .gives((4, 1, 2), [3, 4])
    .again((3, 2, 0), [3]);
}

#[test]
fn branches_keep_their_own_order_and_limit() {
    query(|(rows, all): (u64, u64)| {
        let first = User::query().order_by(|u| u.id.asc()).select(|u| u.name).limit(rows);
        let last = User::query().order_by(|u| u.id.desc()).select(|u| u.name).limit(rows);
        first.union_all(last).query().order_by(|row| row.0.asc()).limit(all)
    })
    .postgres(
        r#"SELECT "derived_3"."c0"
        FROM (SELECT "derived"."c0" AS "c0" FROM (SELECT "users"."name" AS "c0" FROM "users" ORDER BY
        "users"."id" ASC LIMIT $1) AS "derived" UNION ALL (SELECT "derived_2"."c0" AS "c0" FROM (SELECT
        "users_2"."name" AS "c0" FROM "users" AS "users_2" ORDER BY "users_2"."id" DESC LIMIT $2) AS
        "derived_2")) AS "derived_3"
        ORDER BY "derived_3"."c0" ASC
        LIMIT $3"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `derived_3`.`c0`
        FROM (SELECT `derived`.`c0` AS `c0` FROM (SELECT `users`.`name` AS `c0` FROM `users` ORDER BY
        `users`.`id` ASC LIMIT ?) AS `derived` UNION ALL (SELECT `derived_2`.`c0` AS `c0` FROM (SELECT
        `users_2`.`name` AS `c0` FROM `users` AS `users_2` ORDER BY `users_2`.`id` DESC LIMIT ?) AS `derived_2`))
        AS `derived_3`
        ORDER BY `derived_3`.`c0` ASC LIMIT ?"#,
    )
    .sqlite(
        r#"SELECT "derived_3"."c0"
        FROM (SELECT "derived"."c0" AS "c0" FROM (SELECT "users"."name" AS "c0" FROM "users" ORDER BY
        "users"."id" ASC LIMIT ?1+0) AS "derived" UNION ALL SELECT "derived_2"."c0" AS "c0" FROM (SELECT
        "users_2"."name" AS "c0" FROM "users" AS "users_2" ORDER BY "users_2"."id" DESC LIMIT ?2+0) AS
        "derived_2") AS "derived_3"
        ORDER BY "derived_3"."c0" ASC
        LIMIT ?3+0"#,
    )
    .gives((1, 5), ["Ann", "Dan O'Hara"])
    .again((2, 3), ["Ann", "Bob", "Dan O'Hara"]);
}

#[test]
fn combined_rows_are_joined() {
    query(|(one, two): (i64, &str)| {
        let ids = User::query().filter(|u| u.id.eq(one)).select(|u| u.id);
        let others = User::query().filter(|u| u.name.eq(two)).select(|u| u.id);
        let both = ids.union(others).cte("both_of_them");
        User::query().join(&both, |u, b| u.id.eq(b.0)).order_by(|(u, _)| u.id.asc()).select(|(u, _)| u.name)
    })
    .postgres(
        r#"WITH "both_of_them" ("c0") AS (SELECT "users_2"."id" FROM "users" AS "users_2" WHERE "users_2"."id" = $1
        UNION (SELECT "users_3"."id" FROM "users" AS "users_3" WHERE "users_3"."name" = $2))
        SELECT "users"."name"
        FROM "users"
        INNER JOIN "both_of_them" ON "users"."id" = "both_of_them"."c0"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"WITH `both_of_them` (`c0`) AS (SELECT `users_2`.`id` FROM `users` AS `users_2` WHERE `users_2`.`id` = ?
        UNION (SELECT `users_3`.`id` FROM `users` AS `users_3` WHERE `users_3`.`name` = ?))
        SELECT `users`.`name`
        FROM `users`
        INNER JOIN `both_of_them` ON `users`.`id` = `both_of_them`.`c0`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"WITH "both_of_them" ("c0") AS (SELECT "users_2"."id" FROM "users" AS "users_2" WHERE "users_2"."id" = ?1
        UNION SELECT "users_3"."id" FROM "users" AS "users_3" WHERE "users_3"."name" = ?2)
        SELECT "users"."name"
        FROM "users"
        INNER JOIN "both_of_them" ON "users"."id" = "both_of_them"."c0"
        ORDER BY "users"."id" ASC"#,
    )
    .gives((1, "Zoë"), ["Ann", "Zoë"])
    .again((2, "Bob"), ["Bob"]);
}

#[test]
fn rows_that_are_alike_are_counted() {
    query(|id: i64| {
        let threads = || Comment::query().only_on::<(Postgres, MySql, MariaDb)>().select(|c| c.thread_id);
        let some = Comment::query().only_on::<(Postgres, MySql, MariaDb)>().filter(|c| c.id.lte(id));
        let both = threads().intersect_all(some.select(|c| c.thread_id));
        threads().except_all(both).query().order_by(|row| row.0.asc())
    })
    .postgres(
        r#"SELECT "derived_2"."c0"
        FROM (SELECT "comments"."thread_id" AS "c0" FROM "comments" EXCEPT ALL (SELECT "derived"."c0" AS "c0"
        FROM (SELECT "comments_2"."thread_id" AS "c0" FROM "comments" AS "comments_2" INTERSECT ALL (SELECT
        "comments_3"."thread_id" AS "c0" FROM "comments" AS "comments_3" WHERE "comments_3"."id" <= $1)) AS
        "derived")) AS "derived_2"
        ORDER BY "derived_2"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `derived_2`.`c0`
        FROM (SELECT `comments`.`thread_id` AS `c0` FROM `comments` EXCEPT ALL (SELECT `derived`.`c0` AS `c0`
        FROM (SELECT `comments_2`.`thread_id` AS `c0` FROM `comments` AS `comments_2` INTERSECT ALL (SELECT
        `comments_3`.`thread_id` AS `c0` FROM `comments` AS `comments_3` WHERE `comments_3`.`id` <= ?)) AS
        `derived`)) AS `derived_2`
        ORDER BY `derived_2`.`c0` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives(1, [1, 1, 2, 3])
    .again(4, [3]);
}
