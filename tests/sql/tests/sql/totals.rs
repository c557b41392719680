//! ROLLUP, CUBE and GROUPING SETS.

use relvar_sql_tests::prelude::*;

#[test]
fn rollup() {
    query(|id: i64| {
        Comment::query()
            .only_on::<(Postgres, MySql)>()
            .filter(|c| c.id.lte(id) & c.author_id.is_not_null())
            .group_by_rollup(|c| (c.thread_id, c.author_id))
            .order_by(|(thread, author), g| (g.grouping((thread, author)).asc(), thread.asc(), author.asc()))
            .select(|(thread, author), g| (thread, author, g.count(), g.grouping(thread), g.grouping((thread, author))))
    })
    .postgres(
        r#"SELECT "comments"."thread_id", "comments"."author_id", count(*),
        CAST(grouping("comments"."thread_id") AS bigint), CAST(grouping("comments"."thread_id",
        "comments"."author_id") AS bigint)
        FROM "comments"
        WHERE "comments"."id" <= $1 AND "comments"."author_id" IS NOT NULL
        GROUP BY ROLLUP ("comments"."thread_id", "comments"."author_id")
        ORDER BY CAST(grouping("comments"."thread_id", "comments"."author_id") AS bigint) ASC,
        "comments"."thread_id" ASC, "comments"."author_id" ASC"#,
    )
    .mysql(
        r#"SELECT `comments`.`thread_id`, `comments`.`author_id`, count(*), grouping(`comments`.`thread_id`),
        grouping(`comments`.`thread_id`, `comments`.`author_id`)
        FROM `comments`
        WHERE `comments`.`id` <= ? AND `comments`.`author_id` IS NOT NULL
        GROUP BY `comments`.`thread_id`, `comments`.`author_id` WITH ROLLUP
        ORDER BY grouping(`comments`.`thread_id`, `comments`.`author_id`) ASC, `comments`.`thread_id` ASC,
        `comments`.`author_id` ASC"#,
    )
    .mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        4,
        [
            (Some(1), Some(1), 1, 0, 0),
            (Some(1), Some(2), 1, 0, 0),
            (Some(2), Some(2), 1, 0, 0),
            (Some(1), None, 2, 0, 1),
            (Some(2), None, 1, 0, 1),
            (None, None, 3, 1, 3),
        ],
    )
    .again(1, [(Some(1), Some(1), 1, 0, 0), (Some(1), None, 1, 0, 1), (None, None, 1, 1, 3)]);
}

#[test]
fn rollup_sorted_outside() {
    query(|id: i64| {
        Comment::query()
            .only_on::<(Postgres, MySql, MariaDb)>()
            .filter(|c| c.id.lte(id))
            .group_by_rollup(|c| c.thread_id)
            .having(|_, g| g.count().gt(0))
            .select(|thread, g| (thread, g.count()))
            .derived()
            .query()
            .order_by(|row| (row.1.desc(), row.0.asc()))
    })
    .postgres(
        r#"SELECT "derived"."c0", "derived"."c1"
        FROM (SELECT "comments"."thread_id" AS "c0", count(*) AS "c1" FROM "comments" WHERE "comments"."id"
        <= $1 GROUP BY ROLLUP ("comments"."thread_id") HAVING count(*) > $2) AS "derived"
        ORDER BY "derived"."c1" DESC, "derived"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `derived`.`c0`, `derived`.`c1`
        FROM (SELECT `comments`.`thread_id` AS `c0`, count(*) AS `c1` FROM `comments` WHERE `comments`.`id`
        <= ? GROUP BY `comments`.`thread_id` WITH ROLLUP HAVING count(*) > ?) AS `derived`
        ORDER BY `derived`.`c1` DESC, `derived`.`c0` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives(5, [(None, 5), (Some(1), 3), (Some(2), 1), (Some(3), 1)])
    .again(4, [(None, 4), (Some(1), 3), (Some(2), 1)]);
}

#[test]
fn cube() {
    query(|id: i64| {
        Comment::query()
            .only_on::<Postgres>()
            .filter(|c| c.id.eq(id))
            .group_by_cube(|c| (c.thread_id, c.author_id))
            .order_by(|(thread, author), g| g.grouping((thread, author)).asc())
            .select(|(thread, author), g| (thread, author, g.count()))
    })
    .postgres(
        r#"SELECT "comments"."thread_id", "comments"."author_id", count(*)
        FROM "comments"
        WHERE "comments"."id" = $1
        GROUP BY CUBE ("comments"."thread_id", "comments"."author_id")
        ORDER BY CAST(grouping("comments"."thread_id", "comments"."author_id") AS bigint) ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(4, [(Some(2), Some(2), 1), (Some(2), None, 1), (None, Some(2), 1), (None, None, 1)])
    .again(1, [(Some(1), Some(1), 1), (Some(1), None, 1), (None, Some(1), 1), (None, None, 1)]);
}

#[test]
fn grouping_sets() {
    query(|(id, two): (i64, i64)| {
        Comment::query()
            .only_on::<Postgres>()
            .filter(|c| c.id.eq(id))
            .group_by_sets(|c| (c.thread_id * two, c.author_id), |(t, a), sets| sets.of((t.clone(), a)).of(a).total())
            .having(|(t, _), g| t.is_null() | g.count().gt(0))
            .order_by(|(t, a), g| g.grouping((t, a)).asc())
            .select(|(t, a), g| (t, a, g.max(|c| c.body)))
    })
    .postgres(
        r#"SELECT "comments"."thread_id" * $1, "comments"."author_id", max("comments"."body")
        FROM "comments"
        WHERE "comments"."id" = $2
        GROUP BY GROUPING SETS (("comments"."thread_id" * $1, "comments"."author_id"),
        ("comments"."author_id"), ())
        HAVING ("comments"."thread_id" * $1) IS NULL OR count(*) > $3
        ORDER BY CAST(grouping("comments"."thread_id" * $1, "comments"."author_id") AS bigint) ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((4, 2), [(Some(4), Some(2), Some("alone")), (None, Some(2), Some("alone")), (None, None, Some("alone"))])
    .again((1, 10), [(Some(10), Some(1), Some("root")), (None, Some(1), Some("root")), (None, None, Some("root"))]);
}

#[test]
fn rollup_of_an_expression() {
    query(|part: i64| {
        Comment::query()
            .only_on::<Postgres>()
            .group_by_rollup(|c| c.thread_id % part)
            .order_by(|part, g| (g.grouping(part.clone()).asc(), part.asc()))
            .select(|part, g| (part, g.count()))
    })
    .postgres(
        r#"SELECT "comments"."thread_id" % $1, count(*)
        FROM "comments"
        GROUP BY ROLLUP ("comments"."thread_id" % $1)
        ORDER BY CAST(grouping("comments"."thread_id" % $1) AS bigint) ASC, "comments"."thread_id" % $1 ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(2, [(Some(0), 1), (Some(1), 4), (None, 5)])
    .again(4, [(Some(1), 3), (Some(2), 1), (Some(3), 1), (None, 5)]);
}

#[test]
fn rollup_of_a_column_that_was_an_expression() {
    query(|part: i64| {
        Comment::query()
            .only_on::<(Postgres, MySql, MariaDb)>()
            .select(|c| (c.thread_id % part, c.id))
            .derived()
            .query()
            .group_by_rollup(|c| c.0)
            .select(|part, g| (part, g.max(|c| c.1)))
            .derived()
            .query()
            .order_by(|row| row.0.asc().nulls_last())
    })
    .postgres(
        r#"SELECT "derived_2"."c0", "derived_2"."c1"
        FROM (SELECT "derived"."c0" AS "c0", max("derived"."c1") AS "c1" FROM (SELECT "comments"."thread_id" % $1
        AS "c0", "comments"."id" AS "c1" FROM "comments") AS "derived" GROUP BY ROLLUP ("derived"."c0")) AS
        "derived_2"
        ORDER BY "derived_2"."c0" ASC NULLS LAST"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `derived_2`.`c0`, `derived_2`.`c1`
        FROM (SELECT `derived`.`c0` AS `c0`, max(`derived`.`c1`) AS `c1` FROM (SELECT `comments`.`thread_id` % ?
        AS `c0`, `comments`.`id` AS `c1` FROM `comments`) AS `derived` GROUP BY `derived`.`c0` WITH ROLLUP) AS
        `derived_2`
        ORDER BY `derived_2`.`c0` IS NULL ASC, `derived_2`.`c0` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives(2, [(Some(0), Some(4)), (Some(1), Some(5)), (None, Some(5))])
    .again(1, [(Some(0), Some(5)), (None, Some(5))]);
}
