//! GROUP BY, HAVING and the aggregates.

use relvar_sql_tests::prelude::*;

#[test]
fn group_by_having_and_order_by_count() {
    query(|least: i64| {
        Comment::query()
            .group_by(|c| c.thread_id)
            .having(|_, g| g.count().gte(least))
            .order_by(|thread, g| (g.count().desc(), thread.asc()))
            .select(|thread, g| (thread, g.count()))
    })
    .postgres(
        r#"SELECT "comments"."thread_id", count(*)
        FROM "comments"
        GROUP BY "comments"."thread_id"
        HAVING count(*) >= $1
        ORDER BY count(*) DESC, "comments"."thread_id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`thread_id`, count(*)
        FROM `comments`
        GROUP BY `comments`.`thread_id`
        HAVING count(*) >= ?
        ORDER BY count(*) DESC, `comments`.`thread_id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."thread_id", count(*)
        FROM "comments"
        GROUP BY "comments"."thread_id"
        HAVING count(*) >= ?1
        ORDER BY count(*) DESC, "comments"."thread_id" ASC"#,
    )
    .gives(1, [(1, 3), (2, 1), (3, 1)])
    .again(2, [(1, 3)]);
}

#[test]
fn group_by_several_columns() {
    query(|id: i64| {
        User::query()
            .filter(|u| u.id.ne(id))
            .group_by(|u| (u.active, u.age))
            .having(|(active, _), g| active.is_true() | g.count().gt(9))
            .order_by(|(_, age), _| age.coalesce(0).asc())
            .select(|(active, age), g| (active, age, g.count()))
    })
    .postgres(
        r#"SELECT "users"."active", "users"."age", count(*)
        FROM "users"
        WHERE "users"."id" <> $1
        GROUP BY "users"."active", "users"."age"
        HAVING "users"."active" IS TRUE OR count(*) > $2
        ORDER BY coalesce("users"."age", $3) ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`active`, `users`.`age`, count(*)
        FROM `users`
        WHERE `users`.`id` <> ?
        GROUP BY `users`.`active`, `users`.`age`
        HAVING `users`.`active` IS TRUE OR count(*) > ?
        ORDER BY coalesce(`users`.`age`, ?) ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."active", "users"."age", count(*)
        FROM "users"
        WHERE "users"."id" <> ?1
        GROUP BY "users"."active", "users"."age"
        HAVING "users"."active" IS TRUE OR count(*) > ?2
        ORDER BY coalesce("users"."age", ?3) ASC"#,
    )
    .gives(9, [(true, None, 1), (true, Some(31), 2)])
    .again(3, [(true, Some(31), 2)]);
}

#[test]
fn group_by_an_expression_with_an_argument_in_it() {
    query(|(width, skip): (i64, i64)| {
        Comment::query()
            .filter(|c| c.id.gt(skip))
            .group_by(|c| c.id % width)
            .having(|rest, _| rest.gte(0))
            .order_by(|rest, _| rest.asc())
            .select(|rest, g| (rest, g.count(), g.max(|c| c.id)))
    })
    .postgres(
        r#"SELECT "comments"."id" % $1, count(*), max("comments"."id")
        FROM "comments"
        WHERE "comments"."id" > $2
        GROUP BY "comments"."id" % $1
        HAVING "comments"."id" % $1 >= $3
        ORDER BY "comments"."id" % $1 ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT min(`comments`.`id` % ?), count(*), max(`comments`.`id`)
        FROM `comments`
        WHERE `comments`.`id` > ?
        GROUP BY `comments`.`id` % ?
        HAVING min(`comments`.`id` % ?) >= ?
        ORDER BY min(`comments`.`id` % ?) ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id" % ?1, count(*), max("comments"."id")
        FROM "comments"
        WHERE "comments"."id" > ?2
        GROUP BY "comments"."id" % ?1
        HAVING "comments"."id" % ?1 >= ?3
        ORDER BY "comments"."id" % ?1 ASC"#,
    )
    .gives((2, 0), [(0, 2, Some(4)), (1, 3, Some(5))])
    .again((3, 1), [(0, 1, Some(3)), (1, 1, Some(4)), (2, 2, Some(5))]);
}

#[test]
fn group_by_a_joined_column() {
    query(|id: i64| {
        User::query()
            .left_join(Comment::table(), |u, c| c.author_id.eq(u.id))
            .filter(|(u, _)| u.id.lte(id))
            .group_by(|(u, _)| (u.id, u.name))
            .order_by(|(id, _), _| id.asc())
            .select(|(_, name), g| (name, g.count(), g.count_of(|(_, c)| c.id), g.max(|(_, c)| c.body)))
    })
    .postgres(
        r#"SELECT "users"."name", count(*), count("comments"."id"), max("comments"."body")
        FROM "users"
        LEFT JOIN "comments" ON "comments"."author_id" = "users"."id"
        WHERE "users"."id" <= $1
        GROUP BY "users"."id", "users"."name"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`, count(*), count(`comments`.`id`), max(`comments`.`body`)
        FROM `users`
        LEFT JOIN `comments` ON `comments`.`author_id` = `users`.`id`
        WHERE `users`.`id` <= ?
        GROUP BY `users`.`id`, `users`.`name`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name", count(*), count("comments"."id"), max("comments"."body")
        FROM "users"
        LEFT JOIN "comments" ON "comments"."author_id" = "users"."id"
        WHERE "users"."id" <= ?1
        GROUP BY "users"."id", "users"."name"
        ORDER BY "users"."id" ASC"#,
    )
    .gives(3, [("Ann", 2, 2, Some("third")), ("Bob", 2, 2, Some("reply")), ("Zoë", 1, 0, None)])
    .again(1, [("Ann", 2, 2, Some("third"))]);
}

#[test]
fn count_of_rows_of_values_and_of_different_values() {
    query(|id: i64| {
        User::query()
            .filter(|u| u.id.gt(id))
            .aggregate(|g| (g.count(), g.count_of(|u| u.age), g.count_distinct(|u| u.age)))
    })
    .postgres(
        r#"SELECT count(*), count("users"."age"), count(DISTINCT "users"."age")
        FROM "users"
        WHERE "users"."id" > $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT count(*), count(`users`.`age`), count(DISTINCT `users`.`age`) FROM `users` WHERE `users`.`id` > ?"#,
    )
    .sqlite(
        r#"SELECT count(*), count("users"."age"), count(DISTINCT "users"."age")
        FROM "users"
        WHERE "users"."id" > ?1"#,
    )
    .gives(0, [(4, 3, 2)])
    .again(9, [(0, 0, 0)]);
}

#[test]
fn count_of_rows_for_which_it_holds() {
    query(|id: i64| Number::query().aggregate(|g| (g.count_if(|n| n.flag), g.count_if(|n| n.id.ge(id) & !n.flag))))
        .postgres(
            r#"SELECT count(CASE WHEN "numbers"."flag" THEN 1 END), count(CASE WHEN "numbers"."id" >= $1 AND (NOT
            "numbers"."flag") THEN 1 END)
            FROM "numbers""#,
        )
        .mysql_and_mariadb(
            r#"SELECT count(CASE WHEN `numbers`.`flag` THEN 1 END), count(CASE WHEN `numbers`.`id` >= ? AND (NOT
            `numbers`.`flag`) THEN 1 END)
            FROM `numbers`"#,
        )
        .sqlite(
            r#"SELECT count(CASE WHEN "numbers"."flag" THEN 1 END), count(CASE WHEN "numbers"."id" >= ?1 AND (NOT
            "numbers"."flag") THEN 1 END)
            FROM "numbers""#,
        )
        .gives(1, [(2, 1)])
        .again(4, [(2, 0)]);
}

#[test]
fn sums_are_wide_enough() {
    query(|id: i64| {
        Number::query().filter(|n| n.id.lte(id)).aggregate(|g| {
            (
                g.sum(|n| n.small),
                g.sum(|n| n.int),
                g.sum(|n| n.big),
                g.sum(|n| n.real),
                g.sum(|n| n.exact.cast::<f64>()),
            )
        })
    })
    .postgres(
        r#"SELECT sum("numbers"."small"), sum("numbers"."int"), sum("numbers"."big"), sum(CAST("numbers"."real" AS
        double precision)), sum(CAST(CAST("numbers"."exact" AS double precision) AS double precision))
        FROM "numbers"
        WHERE "numbers"."id" <= $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(sum(`numbers`.`small`) AS SIGNED), CAST(sum(`numbers`.`int`) AS SIGNED),
        sum(`numbers`.`big`), sum(`numbers`.`real`), sum(CAST(`numbers`.`exact` AS DOUBLE))
        FROM `numbers`
        WHERE `numbers`.`id` <= ?"#,
    )
    .sqlite(
        r#"SELECT sum("numbers"."small"), sum("numbers"."int"), sum("numbers"."big"), sum("numbers"."real"),
        sum(CAST("numbers"."exact" AS REAL))
        FROM "numbers"
        WHERE "numbers"."id" <= ?1"#,
    )
    .gives(4, [(Some(7), Some(17), Some(decimal("9000000097")), Some(3.0), Some(25.5))])
    .again(0, [(None::<i64>, None::<i64>, None::<Decimal>, None::<f64>, None::<f64>)]);
}

#[test]
fn sum_of_decimals_is_exact() {
    query(|id: i64| {
        Amount::query()
            .filter(|n| n.id.lte(id))
            .aggregate(|g| (g.sum(|n| n.exact), g.avg_decimal(|n| n.exact).nullable()))
    })
    .postgres(r#"SELECT sum("numbers"."exact"), avg("numbers"."exact") FROM "numbers" WHERE "numbers"."id" <= $1"#)
    .mysql_and_mariadb(
        r#"SELECT sum(`numbers`.`exact`), avg(`numbers`.`exact`) FROM `numbers` WHERE `numbers`.`id` <= ?"#,
    )
    .sqlite(DoesNotCompile)
    // how many zeros there are at the end is each database's own
    .gives(
        4,
        PerDialect::of(
            [(Some(decimal("25.50")), Some(decimal("8.5000000000000000")))],
            [(Some(decimal("25.50")), Some(decimal("8.50000000000000")))],
            DoesNotCompile,
        ),
    )
    .again(
        2,
        PerDialect::of(
            [(Some(decimal("10.25")), Some(decimal("10.2500000000000000")))],
            [(Some(decimal("10.25")), Some(decimal("10.25000000000000")))],
            DoesNotCompile,
        ),
    );
}

#[test]
fn averages_are_floating_point() {
    query(|id: i64| {
        Number::query()
            .filter(|n| n.id.gte(id))
            .aggregate(|g| (g.avg(|n| n.small), g.avg(|n| n.int), g.avg(|n| n.big), g.avg(|n| n.real)))
    })
    .postgres(
        r#"SELECT CAST(avg("numbers"."small") AS double precision), CAST(avg("numbers"."int") AS double precision),
        CAST(avg("numbers"."big") AS double precision), CAST(avg("numbers"."real") AS double precision)
        FROM "numbers"
        WHERE "numbers"."id" >= $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT avg(CAST(`numbers`.`small` AS DOUBLE)), avg(CAST(`numbers`.`int` AS DOUBLE)),
        avg(CAST(`numbers`.`big` AS DOUBLE)), avg(CAST(`numbers`.`real` AS DOUBLE))
        FROM `numbers`
        WHERE `numbers`.`id` >= ?"#,
    )
    .sqlite(
        r#"SELECT avg("numbers"."small"), avg("numbers"."int"), avg("numbers"."big"), avg("numbers"."real")
        FROM "numbers"
        WHERE "numbers"."id" >= ?1"#,
    )
    .gives(3, [(Some(3.5), Some(3.5), Some(47.5), Some(2.0))])
    .again(9, [(None::<f64>, None::<f64>, None::<f64>, None::<f64>)]);
}

#[test]
fn min_and_max() {
    query(|id: i64| {
        Number::query()
            .filter(|n| n.id.gte(id))
            .aggregate(|g| (g.min(|n| n.small), g.max(|n| n.int), g.min(|n| n.real), g.max(|n| n.big)))
    })
    .postgres(
        r#"SELECT min("numbers"."small"), max("numbers"."int"), min("numbers"."real"), max("numbers"."big")
        FROM "numbers"
        WHERE "numbers"."id" >= $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT min(`numbers`.`small`), max(`numbers`.`int`), min(`numbers`.`real`), max(`numbers`.`big`)
        FROM `numbers`
        WHERE `numbers`.`id` >= ?"#,
    )
    .sqlite(
        r#"SELECT min("numbers"."small"), max("numbers"."int"), min("numbers"."real"), max("numbers"."big")
        FROM "numbers"
        WHERE "numbers"."id" >= ?1"#,
    )
    .gives(1, [(Some(-7), Some(10), Some(-2.5), Some(9_000_000_000i64))])
    .again(3, [(Some(0), Some(10), Some(0.25), Some(100))]);
}

#[test]
fn min_and_max_of_text_and_times() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.gte(id))
            .aggregate(|g| (g.min(|t| t.note), g.max(|t| t.created_at), g.min(|t| t.created_at)))
    })
    .postgres(
        r#"SELECT min("threads"."note"), max("threads"."created_at"), min("threads"."created_at")
        FROM "threads"
        WHERE "threads"."id" >= $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT min(`threads`.`note`), max(`threads`.`created_at`), min(`threads`.`created_at`)
        FROM `threads`
        WHERE `threads`.`id` >= ?"#,
    )
    .sqlite(
        r#"SELECT min("threads"."note"), max("threads"."created_at"), min("threads"."created_at")
        FROM "threads"
        WHERE "threads"."id" >= ?1"#,
    )
    .gives(1, [(Some("first"), Some(at("2026-02-28T23:59:59.999999Z")), Some(at("2025-12-31T00:00:00Z")))])
    .again(4, [(None::<&str>, Some(at("2026-01-15T23:00:00Z")), Some(at("2026-01-15T23:00:00Z")))]);
}

#[test]
fn every_and_some() {
    query(|id: i64| {
        Number::query().filter(|n| n.id.gte(id)).aggregate(|g| {
            (g.every(|n| n.flag), g.some(|n| n.flag), g.every(|n| n.small.gte(0)), g.some(|n| n.int.gt(100)))
        })
    })
    .postgres(
        r#"SELECT bool_and("numbers"."flag"), bool_or("numbers"."flag"), bool_and("numbers"."small" >= $1),
        bool_or("numbers"."int" > $2)
        FROM "numbers"
        WHERE "numbers"."id" >= $3"#,
    )
    .mysql_and_mariadb(
        r#"SELECT min(`numbers`.`flag`), max(`numbers`.`flag`), min(`numbers`.`small` >= ?), max(`numbers`.`int` >
        ?)
        FROM `numbers`
        WHERE `numbers`.`id` >= ?"#,
    )
    .sqlite(
        r#"SELECT min("numbers"."flag"), max("numbers"."flag"), min("numbers"."small" >= ?1), max("numbers"."int" >
        ?2)
        FROM "numbers"
        WHERE "numbers"."id" >= ?3"#,
    )
    .gives(1, [(Some(false), Some(true), Some(false), Some(false))])
    .again(4, [(Some(true), Some(true), Some(true), Some(false))]);
}

#[test]
fn string_agg() {
    query(|id: i64| {
        Comment::query()
            .filter(move |c| c.id.gte(id))
            .group_by(|c| c.thread_id)
            .having(|_, g| g.count().lt(2))
            .order_by(|thread, _| thread.asc())
            .select(|thread, g| (thread, g.string_agg(|c| c.body, ", ")))
    })
    .postgres(
        r#"SELECT "comments"."thread_id", string_agg("comments"."body", ', ')
        FROM "comments"
        WHERE "comments"."id" >= $1
        GROUP BY "comments"."thread_id"
        HAVING count(*) < $2
        ORDER BY "comments"."thread_id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`thread_id`, group_concat(`comments`.`body` SEPARATOR ', ')
        FROM `comments`
        WHERE `comments`.`id` >= ?
        GROUP BY `comments`.`thread_id`
        HAVING count(*) < ?
        ORDER BY `comments`.`thread_id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."thread_id", group_concat("comments"."body", ', ')
        FROM "comments"
        WHERE "comments"."id" >= ?1
        GROUP BY "comments"."thread_id"
        HAVING count(*) < ?2
        ORDER BY "comments"."thread_id" ASC"#,
    )
    .gives(3, [(1, Some("deep")), (2, Some("alone")), (3, Some("third"))])
    .again(5, [(3, Some("third"))]);
}

#[test]
fn the_separator_of_string_agg_is_a_constant_as_it_stands() {
    query(|id: i64| {
        Counter::query()
            .cross_join(Counter::table())
            .join(User::table(), |_, u| u.id.lte(id))
            .aggregate(|g| g.string_agg(|(c, ..)| c.label, " '\\ "))
    })
    .postgres(
        r#"SELECT string_agg("counters"."label", E' ''\\ ')
        FROM "counters"
        CROSS JOIN "counters" AS "counters_2"
        INNER JOIN "users" ON "users"."id" <= $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT group_concat(`counters`.`label` SEPARATOR X'20275C20')
        FROM `counters`
        CROSS JOIN `counters` AS `counters_2`
        INNER JOIN `users` ON `users`.`id` <= ?"#,
    )
    .sqlite(
        r#"SELECT group_concat("counters"."label", ' ''\ ')
        FROM "counters"
        CROSS JOIN "counters" AS "counters_2"
        INNER JOIN "users" ON "users"."id" <= ?1"#,
    )
    .gives(2, [Some("five '\\ five")])
    .again(1, [Some("five")]);
}

#[test]
fn aggregates_of_some_of_the_rows() {
    query(|(name, id): (&str, i64)| {
        User::query().filter(|p| p.id.gt(id)).aggregate(|g| {
            let active = g.filter(|p| p.active);
            (g.count(), active.count(), active.filter(|p| p.name.ne(name)).max(|p| p.name))
        })
    })
    .postgres(
        r#"SELECT count(*), count(*) FILTER (WHERE "users"."active"), max("users"."name") FILTER (WHERE
        "users"."active" AND "users"."name" <> $1)
        FROM "users"
        WHERE "users"."id" > $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT count(*), count(CASE WHEN `users`.`active` THEN 1 END), max(CASE WHEN `users`.`active` AND
        `users`.`name` <> ? THEN `users`.`name` END)
        FROM `users`
        WHERE `users`.`id` > ?"#,
    )
    .sqlite(
        r#"SELECT count(*), count(*) FILTER (WHERE "users"."active"), max("users"."name") FILTER (WHERE
        "users"."active" AND "users"."name" <> ?1)
        FROM "users"
        WHERE "users"."id" > ?2"#,
    )
    .gives(("Zoë", 0), [(4, 3, Some("Dan O'Hara"))])
    .again(("Dan O'Hara", 1), [(3, 2, Some("Zoë"))]);
}

#[test]
fn aggregates_of_aggregates_in_having() {
    query(|(low, high): (f64, i64)| {
        Comment::query()
            .group_by(|c| c.thread_id)
            .having(|_, g| g.avg(|c| c.id).gt(low) & g.max(|c| c.id).coalesce(0).lt(high))
            .order_by(|thread, _| thread.asc())
            .select(|thread, g| (thread, g.min(|c| c.id)))
    })
    .postgres(
        r#"SELECT "comments"."thread_id", min("comments"."id")
        FROM "comments"
        GROUP BY "comments"."thread_id"
        HAVING CAST(avg("comments"."id") AS double precision) > $1 AND coalesce(max("comments"."id"), $2) < $3
        ORDER BY "comments"."thread_id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`thread_id`, min(`comments`.`id`)
        FROM `comments`
        GROUP BY `comments`.`thread_id`
        HAVING avg(CAST(`comments`.`id` AS DOUBLE)) > ? AND coalesce(max(`comments`.`id`), ?) < ?
        ORDER BY `comments`.`thread_id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."thread_id", min("comments"."id")
        FROM "comments"
        GROUP BY "comments"."thread_id"
        HAVING avg("comments"."id") > ?1 AND coalesce(max("comments"."id"), ?2) < ?3
        ORDER BY "comments"."thread_id" ASC"#,
    )
    .gives((1.0, 5), [(1, Some(1)), (2, Some(4))])
    .again((3.0, 9), [(2, Some(4)), (3, Some(5))]);
}

#[test]
fn distinct_and_limited_groups() {
    query(|rows: u64| {
        Comment::query()
            .group_by(|c| c.thread_id)
            .order_by(|_, g| g.count().asc())
            .select(|_, g| g.count())
            .distinct()
            .limit(rows)
    })
    .postgres(
        r#"SELECT DISTINCT count(*)
        FROM "comments"
        GROUP BY "comments"."thread_id"
        ORDER BY count(*) ASC
        LIMIT $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT DISTINCT count(*) FROM `comments` GROUP BY `comments`.`thread_id` ORDER BY count(*) ASC LIMIT ?"#,
    )
    .sqlite(
        r#"SELECT DISTINCT count(*)
        FROM "comments"
        GROUP BY "comments"."thread_id"
        ORDER BY count(*) ASC
        LIMIT ?1+0"#,
    )
    .gives(5, [1, 3])
    .again(1, [1]);
}
