//! Upserts on every database: of tables with one key, where MySQL and MariaDB need not be told which is meant.

use relvar_sql_tests::prelude::*;

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Counter)]
struct Hits {
    id: i64,
    hits: i64,
}

fn hits(id: i64, hits: i64) -> Hits {
    Hits { id, hits }
}

fn counters() -> impl Fetchable<Row = (i64, i64, String), Dialect = Portable> {
    Counter::query().order_by(|c| c.id.asc()).select(|c| (c.id, c.hits, c.label))
}

#[test]
fn do_nothing_where_the_key_is_taken() {
    change(|(id, n): (i64, i64)| Counter::insert(hits(id, n)).on_conflict(Counter::PRIMARY_KEY).do_nothing(), counters)
        .postgres(r#"INSERT INTO "counters" ("id", "hits") VALUES ($1, $2) ON CONFLICT ("id") DO NOTHING"#)
        .mysql_and_mariadb(
            r#"INSERT INTO `counters` (`id`, `hits`)
        VALUES (?, ?)
        ON DUPLICATE KEY UPDATE `id` = IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL,
        `counters`.`id`, `counters`.`id`)"#,
        )
        .sqlite(r#"INSERT INTO "counters" ("id", "hits") VALUES (?1, ?2) ON CONFLICT ("id") DO NOTHING"#)
        .gives((1, 9), (0, [(1, 5, "five")]))
        .again((7, 9), (1, [(1, 5, "five"), (7, 9, "none")]));
}

#[test]
fn do_nothing_whatever_the_key() {
    change(|(id, n): (i64, i64)| Counter::insert(hits(id, n)).on_any_conflict_do_nothing(), counters)
        .postgres(r#"INSERT INTO "counters" ("id", "hits") VALUES ($1, $2) ON CONFLICT DO NOTHING"#)
        .mysql_and_mariadb(
            r#"INSERT INTO `counters` (`id`, `hits`)
        VALUES (?, ?)
        ON DUPLICATE KEY UPDATE `id` = IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL,
        `counters`.`id`, `counters`.`id`)"#,
        )
        .sqlite(r#"INSERT INTO "counters" ("id", "hits") VALUES (?1, ?2) ON CONFLICT DO NOTHING"#)
        .gives((1, 9), (0, [(1, 5, "five")]))
        .again((7, 9), (1, [(1, 5, "five"), (7, 9, "none")]));
}

#[test]
fn many_rows_to_what_was_proposed() {
    change(
        |rows: [(i64, i64); 2]| {
            Counter::insert_many(rows.map(|(id, n)| hits(id, n)))
                .on_conflict(Counter::PRIMARY_KEY)
                .update(|c, new| c.hits.set(new.hits))
        },
        counters,
    )
    .postgres(
        r#"INSERT INTO "counters" ("id", "hits")
        VALUES ($1, $2), ($3, $4) ON CONFLICT ("id") DO UPDATE
        SET "hits" = "excluded"."hits""#,
    )
    .mysql(
        r#"INSERT INTO `counters` (`id`, `hits`)
        VALUES (?, ?), (?, ?) AS `excluded`
        ON DUPLICATE KEY UPDATE `hits` = `excluded`.`hits`"#,
    )
    .mariadb(
        r#"INSERT INTO `counters` (`id`, `hits`)
        VALUES (?, ?), (?, ?)
        ON DUPLICATE KEY UPDATE `hits` = VALUES(`hits`)"#,
    )
    .sqlite(
        r#"INSERT INTO "counters" ("id", "hits")
        VALUES (?1, ?2), (?3, ?4) ON CONFLICT ("id") DO UPDATE
        SET "hits" = "excluded"."hits""#,
    )
    .gives([(1, 6), (2, 7)], (2, [(1, 6, "five"), (2, 7, "none")]))
    .again([(3, 8), (1, 9)], (2, [(1, 9, "five"), (3, 8, "none")]));
}

#[test]
fn from_the_row_that_is_there_and_a_value_when_a_condition_holds() {
    change(
        |(n, most, label): (i64, i64, &str)| {
            Counter::insert(hits(1, n))
                .on_conflict(Counter::PRIMARY_KEY)
                .when(|c, new| (c.hits + new.hits).lte(most))
                .update(|c, new| (c.hits.set(c.hits + new.hits), c.label.set(c.label.concat(label))))
        },
        counters,
    )
    .postgres(
        r#"INSERT INTO "counters" ("id", "hits")
        VALUES ($1, $2) ON CONFLICT ("id") DO UPDATE
        SET "hits" = "counters"."hits" + "excluded"."hits", "label" = "counters"."label" || $3
        WHERE "counters"."hits" + "excluded"."hits" <= $4"#,
    )
    .mysql(
        r#"INSERT INTO `counters` (`id`, `hits`)
        VALUES (?, ?) AS `excluded`
        ON DUPLICATE KEY UPDATE `label` = IF(`counters`.`hits` + `excluded`.`hits` <= ?,
        CONCAT(`counters`.`label`, ?), IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL,
        `counters`.`label`, `counters`.`label`)), `hits` = IF(`counters`.`hits` + `excluded`.`hits` <= ?,
        `counters`.`hits` + `excluded`.`hits`, `counters`.`hits`)"#,
    )
    .mariadb(
        r#"INSERT INTO `counters` (`id`, `hits`)
        VALUES (?, ?)
        ON DUPLICATE KEY UPDATE `label` = IF(`counters`.`hits` + VALUES(`hits`) <= ?, CONCAT(`counters`.`label`,
        ?), IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL, `counters`.`label`,
        `counters`.`label`)), `hits` = IF(`counters`.`hits` + VALUES(`hits`) <= ?, `counters`.`hits` +
        VALUES(`hits`), `counters`.`hits`)"#,
    )
    .sqlite(
        r#"INSERT INTO "counters" ("id", "hits")
        VALUES (?1, ?2) ON CONFLICT ("id") DO UPDATE
        SET "hits" = "counters"."hits" + "excluded"."hits", "label" = "counters"."label" || ?3
        WHERE "counters"."hits" + "excluded"."hits" <= ?4"#,
    )
    .gives((2, 10, "!"), (1, [(1, 7, "five!")]))
    .again((6, 10, "?"), (0, [(1, 5, "five")]));
}

#[test]
fn a_table_fills_in_the_time_of_the_update() {
    change(
        |(id, title): (i64, &str)| {
            Thread::insert(NewThread { id, user_id: 1, title: title.into(), metadata: Json(json!({})) })
                .on_conflict(Thread::PRIMARY_KEY)
                .update(|t, new| (t.title.set(new.title), t.metadata.set(new.metadata)))
        },
        || {
            Thread::query().filter(|t| t.id.eq(1) | t.id.gt(4)).order_by(|t| t.id.asc()).select(|t| {
                let fresh = |at: Column<Thread, DateTime<Utc>>| at.gt(now() - Interval::hours(1)).is_true();
                (t.title, fresh(t.created_at), fresh(t.updated_at))
            })
        },
    )
    .postgres(
        r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata", "created_at", "updated_at")
        VALUES ($1, $2, $3, $4, now(), now()) ON CONFLICT ("id") DO UPDATE
        SET "title" = "excluded"."title", "metadata" = "excluded"."metadata", "updated_at" = now()"#,
    )
    .mysql(
        r#"INSERT INTO `threads` (`id`, `user_id`, `title`, `metadata`, `created_at`, `updated_at`)
        VALUES (?, ?, ?, CAST(? AS JSON), CURRENT_TIMESTAMP(6), CURRENT_TIMESTAMP(6)) AS `excluded`
        ON DUPLICATE KEY UPDATE `title` = `excluded`.`title`, `metadata` = `excluded`.`metadata`, `updated_at` =
        CURRENT_TIMESTAMP(6)"#,
    )
    .mariadb(
        r#"INSERT INTO `threads` (`id`, `user_id`, `title`, `metadata`, `created_at`, `updated_at`)
        VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP(6), CURRENT_TIMESTAMP(6))
        ON DUPLICATE KEY UPDATE `title` = VALUES(`title`), `metadata` = VALUES(`metadata`), `updated_at` =
        CURRENT_TIMESTAMP(6)"#,
    )
    .sqlite(
        r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata", "created_at", "updated_at")
        VALUES (?1, ?2, ?3, ?4, strftime('%Y-%m-%d %H:%M:%f000', 'now'), strftime('%Y-%m-%d %H:%M:%f000', 'now'))
        ON CONFLICT ("id") DO UPDATE
        SET "title" = "excluded"."title", "metadata" = "excluded"."metadata", "updated_at" = strftime('%Y-%m-%d
        %H:%M:%f000', 'now')"#,
    )
    .gives((1, "again"), (1, [("again", false, true)]))
    .again((5, "new"), (1, [("Hello", false, false), ("new", true, true)]));
}

/// What the server counts of it is its own: nobody knows how many rows there were.
#[test]
fn the_rows_of_a_query() {
    let two = [(1, 10, "five"), (2, 6, "none")];
    let three = [(1, 5, "five"), (4, 5, "none")];
    change(
        |(more, times): (i64, i64)| {
            let rows = Counter::query().select(|c| (c.id, c.hits)).union_all(values([(2i64, 6i64)]).query());
            let rows = rows.query().filter(|r| r.0.lte(times)).select(|r| HitsExprs { id: r.0 + more, hits: r.1 });
            Counter::insert_from(rows).on_conflict(Counter::PRIMARY_KEY).update(|c, new| c.hits.set(c.hits + new.hits))
        },
        counters,
    )
    .postgres(
        r#"INSERT INTO "counters" ("id", "hits")
        SELECT "derived"."c0" + $1, "derived"."c1"
        FROM (SELECT "counters_2"."id" AS "c0", "counters_2"."hits" AS "c1" FROM "counters" AS "counters_2" UNION
        ALL (SELECT "listed"."c0" AS "c0", "listed"."c1" AS "c1" FROM (VALUES ($2, $3)) AS "listed" ("c0",
        "c1"))) AS "derived"
        WHERE "derived"."c0" <= $4 ON CONFLICT ("id") DO UPDATE
        SET "hits" = "counters"."hits" + "excluded"."hits""#,
    )
    .mysql(
        r#"INSERT INTO `counters` (`id`, `hits`)
        SELECT *
        FROM (SELECT `derived`.`c0` + ? AS `id`, `derived`.`c1` AS `hits` FROM (SELECT `counters_2`.`id` AS `c0`,
        `counters_2`.`hits` AS `c1` FROM `counters` AS `counters_2` UNION ALL (SELECT `listed`.`c0` AS `c0`,
        `listed`.`c1` AS `c1` FROM (VALUES ROW(CAST(? AS SIGNED), CAST(? AS SIGNED))) AS `listed` (`c0`, `c1`)))
        AS `derived` WHERE `derived`.`c0` <= ?) AS `excluded`
        ON DUPLICATE KEY UPDATE `hits` = `counters`.`hits` + `excluded`.`hits`"#,
    )
    .mariadb(
        r#"INSERT INTO `counters` (`id`, `hits`)
        SELECT `derived`.`c0` + ?, `derived`.`c1`
        FROM (SELECT `counters_2`.`id` AS `c0`, `counters_2`.`hits` AS `c1` FROM `counters` AS `counters_2` UNION
        ALL (SELECT `listed`.`c0` AS `c0`, `listed`.`c1` AS `c1` FROM (SELECT CAST(? AS SIGNED) AS `c0`, CAST(?
        AS SIGNED) AS `c1`) AS `listed`)) AS `derived`
        WHERE `derived`.`c0` <= ?
        ON DUPLICATE KEY UPDATE `hits` = `counters`.`hits` + VALUES(`hits`)"#,
    )
    .sqlite(
        r#"INSERT INTO "counters" ("id", "hits")
        SELECT "derived"."c0" + ?1, "derived"."c1"
        FROM (SELECT "counters_2"."id" AS "c0", "counters_2"."hits" AS "c1" FROM "counters" AS "counters_2" UNION
        ALL SELECT "listed"."c0" AS "c0", "listed"."c1" AS "c1" FROM (SELECT column1 AS "c0", column2 AS "c1"
        FROM (VALUES (?2, ?3))) AS "listed") AS "derived"
        WHERE "derived"."c0" <= ?4 ON CONFLICT ("id") DO UPDATE
        SET "hits" = "counters"."hits" + "excluded"."hits""#,
    )
    .gives((0, 2), PerDialect::of((2, two), (3, two), (2, two)))
    .again((3, 1), PerDialect::of((1, three), (1, three), (1, three)));
}

#[test]
fn any_key_of_several() {
    change(
        |(id, email, name): (i64, &str, &str)| {
            let row = User {
                id,
                email: format!("{email}@example.org"),
                name: name.into(),
                bio: None,
                age: None,
                active: true,
            };
            User::insert(row)
                .only_on::<(MySql, MariaDb)>()
                .on_duplicate_key()
                .when(|u, new| u.name.ne(new.name))
                .update(|u, new| u.name.set(new.name))
        },
        || User::query().filter(|u| u.id.in_list([1, 2, 5])).order_by(|u| u.id.asc()).select(|u| (u.id, u.name)),
    )
    .postgres(DoesNotCompile)
    .mysql(
        r#"INSERT INTO `users` (`id`, `email`, `name`, `bio`, `age`, `active`)
        VALUES (?, ?, ?, ?, ?, ?) AS `excluded`
        ON DUPLICATE KEY UPDATE `name` = IF(`users`.`name` <> `excluded`.`name`, `excluded`.`name`,
        IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL, `users`.`name`, `users`.`name`))"#,
    )
    .mariadb(
        r#"INSERT INTO `users` (`id`, `email`, `name`, `bio`, `age`, `active`)
        VALUES (?, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE `name` = IF(`users`.`name` <> VALUES(`name`), VALUES(`name`),
        IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL, `users`.`name`, `users`.`name`))"#,
    )
    .sqlite(DoesNotCompile)
    .gives((5, "ann", "A"), (1, [(1, "A"), (2, "Bob")]))
    .again((2, "eve", "Bob"), (0, [(1, "Ann"), (2, "Bob")]));
}
