//! What became of the rows: `upserted`, of rows of the program and of those of a query.

use relvar_sql_tests::prelude::*;

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Counter)]
struct Hits {
    id: i64,
    hits: i64,
}

fn outcome(inserted: u64, updated: u64, skipped: u64) -> Upserted {
    Upserted { inserted, updated, skipped }
}

fn counters() -> impl Fetchable<Row = (i64, i64), Dialect = Portable> {
    Counter::query().order_by(|c| c.id.asc()).select(|c| (c.id, c.hits))
}

/// The numbers from this one on, as counters: 7, -7, 0 and 7.
fn numbers(least: i64) -> Rows<Hits, Portable> {
    let from = Number::query().filter(|n| n.id.gte(least)).order_by(|n| n.id.desc());
    from.select(|n| HitsExprs { id: n.id, hits: n.small.cast::<i64>() }).rows()
}

#[test]
fn of_rows_of_the_program() {
    upserted(
        |rows: [(i64, i64); 2]| {
            Counter::insert_many(rows.map(|(id, hits)| Hits { id, hits }))
                .on_conflict(Counter::PRIMARY_KEY)
                .when(|c, new| c.hits.lt(new.hits))
                .update(|c, new| c.hits.set(new.hits))
        },
        counters,
    )
    .postgres(
        r#"INSERT INTO "counters" ("id", "hits")
        VALUES ($1, $2), ($3, $4) ON CONFLICT ("id") DO UPDATE
        SET "hits" = "excluded"."hits"
        WHERE "counters"."hits" < "excluded"."hits"
        RETURNING (xmax = 0)"#,
    )
    .mysql(
        r#"INSERT INTO `counters` (`id`, `hits`)
        VALUES (?, ?), (?, ?) AS `excluded`
        ON DUPLICATE KEY UPDATE `hits` = IF(IF(`counters`.`hits` < `excluded`.`hits`, (@relvar_updated :=
        coalesce(@relvar_updated, 0) + 1) > 0, FALSE), `excluded`.`hits`, IF((@relvar_passed_over :=
        @relvar_passed_over + 1) IS NULL, `counters`.`hits`, `counters`.`hits`))"#,
    )
    .mariadb(
        r#"INSERT INTO `counters` (`id`, `hits`)
        VALUES (?, ?), (?, ?)
        ON DUPLICATE KEY UPDATE `hits` = IF(IF(`counters`.`hits` < VALUES(`hits`), (@relvar_updated :=
        coalesce(@relvar_updated, 0) + 1) > 0, FALSE), VALUES(`hits`), IF((@relvar_passed_over :=
        @relvar_passed_over + 1) IS NULL, `counters`.`hits`, `counters`.`hits`))"#,
    )
    .sqlite(
        r#"INSERT INTO "counters" ("id", "hits")
        VALUES (?1, ?2), (?3, ?4) ON CONFLICT ("id") DO UPDATE
        SET "hits" = "excluded"."hits"
        WHERE CASE WHEN "counters"."hits" < "excluded"."hits" THEN relvar_count_update() ELSE FALSE END"#,
    )
    .gives([(1, 6), (2, 2)], (outcome(1, 1, 0), [(1, 6), (2, 2)]))
    .again([(1, 5), (2, 2)], (outcome(1, 0, 1), [(1, 5), (2, 2)]));
}

#[test]
fn of_rows_of_a_query() {
    upserted(
        |least: i64| {
            Counter::insert_from(numbers(least))
                .on_conflict(Counter::PRIMARY_KEY)
                .update(|c, new| c.hits.set(c.hits + new.hits))
        },
        counters,
    )
    .postgres(
        r#"WITH "relvar_given" ("c0", "c1") AS (SELECT "numbers"."id", CAST("numbers"."small" AS bigint) FROM
        "numbers" WHERE "numbers"."id" >= $1 ORDER BY "numbers"."id" DESC), "relvar_upserted" ("inserted") AS
        (INSERT INTO "counters" ("id", "hits") SELECT "relvar_given_2"."c0", "relvar_given_2"."c1" FROM
        "relvar_given" AS "relvar_given_2" ON CONFLICT ("id") DO UPDATE SET "hits" = "counters"."hits" +
        "excluded"."hits" RETURNING (xmax = 0))
        SELECT (SELECT count(*) FROM "relvar_given"), count(*) FILTER (WHERE "relvar_upserted"."inserted" IS
        TRUE), count(*) FILTER (WHERE "relvar_upserted"."inserted" IS NOT TRUE)
        FROM "relvar_upserted""#,
    )
    .mysql(
        r#"INSERT INTO `counters` (`id`, `hits`)
        SELECT *
        FROM (SELECT `numbers`.`id` AS `id`, CAST(`numbers`.`small` AS SIGNED) AS `hits` FROM `numbers` WHERE
        `numbers`.`id` >= ? ORDER BY `numbers`.`id` DESC LIMIT 18446744073709551615) AS `excluded`
        WHERE (@relvar_given := coalesce(@relvar_given, 0) + 1) > 0
        ON DUPLICATE KEY UPDATE `hits` = IF((@relvar_updated := coalesce(@relvar_updated, 0) + 1) > 0,
        `counters`.`hits` + `excluded`.`hits`, `counters`.`hits`)"#,
    )
    .mariadb(
        r#"INSERT INTO `counters` (`id`, `hits`)
        SELECT *
        FROM (SELECT `numbers`.`id` AS `id`, CAST(`numbers`.`small` AS SIGNED) AS `hits` FROM `numbers` WHERE
        `numbers`.`id` >= ? ORDER BY `numbers`.`id` DESC LIMIT 18446744073709551615) AS `excluded`
        WHERE (@relvar_given := coalesce(@relvar_given, 0) + 1) > 0
        ON DUPLICATE KEY UPDATE `hits` = IF((@relvar_updated := coalesce(@relvar_updated, 0) + 1) > 0,
        `counters`.`hits` + VALUES(`hits`), `counters`.`hits`)"#,
    )
    .sqlite(
        r#"INSERT INTO "counters" ("id", "hits")
        SELECT *
        FROM (SELECT "numbers"."id" AS "id", CASE typeof("numbers"."small") WHEN 'real' THEN
        CAST(round("numbers"."small") AS INTEGER) ELSE CAST("numbers"."small" AS INTEGER) END AS "hits" FROM
        "numbers" WHERE "numbers"."id" >= ?1 ORDER BY "numbers"."id" DESC LIMIT -1) AS "excluded"
        WHERE relvar_count_row() ON CONFLICT ("id") DO UPDATE
        SET "hits" = "counters"."hits" + "excluded"."hits"
        WHERE relvar_count_update()"#,
    )
    .gives(1, (outcome(3, 1, 0), [(1, 12), (2, -7), (3, 0), (4, 7)]))
    .again(2, (outcome(3, 0, 0), [(1, 5), (2, -7), (3, 0), (4, 7)]));
}

#[test]
fn of_rows_of_a_query_under_a_condition() {
    upserted(
        |(least, most): (i64, i64)| {
            Counter::insert_from(numbers(least))
                .on_conflict(Counter::PRIMARY_KEY)
                .when(|c, new| c.hits.lt(most) & c.hits.ne(new.hits))
                .update(|c, new| c.hits.set(new.hits))
        },
        counters,
    )
    .postgres(
        r#"WITH "relvar_given" ("c0", "c1") AS (SELECT "numbers"."id", CAST("numbers"."small" AS bigint) FROM
        "numbers" WHERE "numbers"."id" >= $1 ORDER BY "numbers"."id" DESC), "relvar_upserted" ("inserted") AS
        (INSERT INTO "counters" ("id", "hits") SELECT "relvar_given_2"."c0", "relvar_given_2"."c1" FROM
        "relvar_given" AS "relvar_given_2" ON CONFLICT ("id") DO UPDATE SET "hits" = "excluded"."hits" WHERE
        "counters"."hits" < $2 AND "counters"."hits" <> "excluded"."hits" RETURNING (xmax = 0))
        SELECT (SELECT count(*) FROM "relvar_given"), count(*) FILTER (WHERE "relvar_upserted"."inserted" IS
        TRUE), count(*) FILTER (WHERE "relvar_upserted"."inserted" IS NOT TRUE)
        FROM "relvar_upserted""#,
    )
    .mysql(
        r#"INSERT INTO `counters` (`id`, `hits`)
        SELECT *
        FROM (SELECT `numbers`.`id` AS `id`, CAST(`numbers`.`small` AS SIGNED) AS `hits` FROM `numbers` WHERE
        `numbers`.`id` >= ? ORDER BY `numbers`.`id` DESC LIMIT 18446744073709551615) AS `excluded`
        WHERE (@relvar_given := coalesce(@relvar_given, 0) + 1) > 0
        ON DUPLICATE KEY UPDATE `hits` = IF(IF(`counters`.`hits` < ? AND `counters`.`hits` <> `excluded`.`hits`,
        (@relvar_updated := coalesce(@relvar_updated, 0) + 1) > 0, FALSE), `excluded`.`hits`,
        IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL, `counters`.`hits`, `counters`.`hits`))"#,
    )
    .mariadb(
        r#"INSERT INTO `counters` (`id`, `hits`)
        SELECT *
        FROM (SELECT `numbers`.`id` AS `id`, CAST(`numbers`.`small` AS SIGNED) AS `hits` FROM `numbers` WHERE
        `numbers`.`id` >= ? ORDER BY `numbers`.`id` DESC LIMIT 18446744073709551615) AS `excluded`
        WHERE (@relvar_given := coalesce(@relvar_given, 0) + 1) > 0
        ON DUPLICATE KEY UPDATE `hits` = IF(IF(`counters`.`hits` < ? AND `counters`.`hits` <> VALUES(`hits`),
        (@relvar_updated := coalesce(@relvar_updated, 0) + 1) > 0, FALSE), VALUES(`hits`),
        IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL, `counters`.`hits`, `counters`.`hits`))"#,
    )
    .sqlite(
        r#"INSERT INTO "counters" ("id", "hits")
        SELECT *
        FROM (SELECT "numbers"."id" AS "id", CASE typeof("numbers"."small") WHEN 'real' THEN
        CAST(round("numbers"."small") AS INTEGER) ELSE CAST("numbers"."small" AS INTEGER) END AS "hits" FROM
        "numbers" WHERE "numbers"."id" >= ?1 ORDER BY "numbers"."id" DESC LIMIT -1) AS "excluded"
        WHERE relvar_count_row() ON CONFLICT ("id") DO UPDATE
        SET "hits" = "excluded"."hits"
        WHERE CASE WHEN "counters"."hits" < ?2 AND "counters"."hits" <> "excluded"."hits" THEN
        relvar_count_update() ELSE FALSE END"#,
    )
    .gives((1, 5), (outcome(3, 0, 1), [(1, 5), (2, -7), (3, 0), (4, 7)]))
    .again((1, 6), (outcome(3, 1, 0), [(1, 7), (2, -7), (3, 0), (4, 7)]));
}

#[test]
fn of_rows_of_a_query_that_are_left_as_they_were() {
    upserted(
        |least: i64| Counter::insert_from(numbers(least)).on_conflict(Counter::PRIMARY_KEY).do_nothing(),
        counters,
    )
    .postgres(
        r#"WITH "relvar_given" ("c0", "c1") AS (SELECT "numbers"."id", CAST("numbers"."small" AS bigint) FROM
        "numbers" WHERE "numbers"."id" >= $1 ORDER BY "numbers"."id" DESC), "relvar_upserted" ("inserted") AS
        (INSERT INTO "counters" ("id", "hits") SELECT "relvar_given_2"."c0", "relvar_given_2"."c1" FROM
        "relvar_given" AS "relvar_given_2" ON CONFLICT ("id") DO NOTHING RETURNING (xmax = 0))
        SELECT (SELECT count(*) FROM "relvar_given"), count(*) FILTER (WHERE "relvar_upserted"."inserted" IS
        TRUE), count(*) FILTER (WHERE "relvar_upserted"."inserted" IS NOT TRUE)
        FROM "relvar_upserted""#,
    )
    .mysql_and_mariadb(
        r#"INSERT INTO `counters` (`id`, `hits`)
        SELECT *
        FROM (SELECT `numbers`.`id` AS `id`, CAST(`numbers`.`small` AS SIGNED) AS `hits` FROM `numbers` WHERE
        `numbers`.`id` >= ? ORDER BY `numbers`.`id` DESC LIMIT 18446744073709551615) AS `excluded`
        WHERE (@relvar_given := coalesce(@relvar_given, 0) + 1) > 0
        ON DUPLICATE KEY UPDATE `id` = IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL,
        `counters`.`id`, `counters`.`id`)"#,
    )
    .sqlite(
        r#"INSERT INTO "counters" ("id", "hits")
        SELECT *
        FROM (SELECT "numbers"."id" AS "id", CASE typeof("numbers"."small") WHEN 'real' THEN
        CAST(round("numbers"."small") AS INTEGER) ELSE CAST("numbers"."small" AS INTEGER) END AS "hits" FROM
        "numbers" WHERE "numbers"."id" >= ?1 ORDER BY "numbers"."id" DESC LIMIT -1) AS "excluded"
        WHERE relvar_count_row() ON CONFLICT ("id") DO NOTHING"#,
    )
    .gives(1, (outcome(3, 0, 1), [(1, 5), (2, -7), (3, 0), (4, 7)]))
    .again(4, (outcome(1, 0, 0), [(1, 5), (4, 7)]));
}

#[test]
fn of_rows_of_the_table_itself_with_a_limit() {
    upserted(
        |(rows, more): (u64, i64)| {
            let from = Counter::query().union_all(Counter::query()).query();
            let hits = from.distinct().order_by(|c| c.id.asc()).limit(rows);
            let hits = hits.select(|c| HitsExprs { id: c.id, hits: c.hits });
            let upsert = Counter::insert_from(hits).on_conflict(Counter::PRIMARY_KEY);
            upsert.update(|c, new| c.hits.set(c.hits + new.hits + more))
        },
        counters,
    )
    .postgres(
        r#"WITH "relvar_given" ("c0", "c1") AS (SELECT DISTINCT "derived"."id", "derived"."hits" FROM (SELECT
        "counters"."id" AS "id", "counters"."hits" AS "hits", "counters"."label" AS "label" FROM "counters" UNION
        ALL (SELECT "counters_2"."id" AS "id", "counters_2"."hits" AS "hits", "counters_2"."label" AS "label"
        FROM "counters" AS "counters_2")) AS "derived" ORDER BY "derived"."id" ASC LIMIT $1), "relvar_upserted"
        ("inserted") AS (INSERT INTO "counters" AS "counters_3" ("id", "hits") SELECT "relvar_given_2"."c0",
        "relvar_given_2"."c1" FROM "relvar_given" AS "relvar_given_2" ON CONFLICT ("id") DO UPDATE SET "hits" =
        "counters_3"."hits" + "excluded"."hits" + $2 RETURNING (xmax = 0))
        SELECT (SELECT count(*) FROM "relvar_given"), count(*) FILTER (WHERE "relvar_upserted"."inserted" IS
        TRUE), count(*) FILTER (WHERE "relvar_upserted"."inserted" IS NOT TRUE)
        FROM "relvar_upserted""#,
    )
    .mysql(
        r#"INSERT INTO `counters` (`id`, `hits`)
        SELECT *
        FROM (SELECT DISTINCT `derived`.`id` AS `id`, `derived`.`hits` AS `hits` FROM (SELECT `counters_2`.`id`
        AS `id`, `counters_2`.`hits` AS `hits`, `counters_2`.`label` AS `label` FROM `counters` AS `counters_2`
        UNION ALL (SELECT `counters_3`.`id` AS `id`, `counters_3`.`hits` AS `hits`, `counters_3`.`label` AS
        `label` FROM `counters` AS `counters_3`)) AS `derived` ORDER BY `derived`.`id` ASC LIMIT ?) AS `excluded`
        WHERE (@relvar_given := coalesce(@relvar_given, 0) + 1) > 0
        ON DUPLICATE KEY UPDATE `hits` = IF((@relvar_updated := coalesce(@relvar_updated, 0) + 1) > 0,
        `counters`.`hits` + `excluded`.`hits` + ?, `counters`.`hits`)"#,
    )
    .mariadb(
        r#"INSERT INTO `counters` (`id`, `hits`)
        SELECT *
        FROM (SELECT DISTINCT `derived`.`id` AS `id`, `derived`.`hits` AS `hits` FROM (SELECT `counters_2`.`id`
        AS `id`, `counters_2`.`hits` AS `hits`, `counters_2`.`label` AS `label` FROM `counters` AS `counters_2`
        UNION ALL (SELECT `counters_3`.`id` AS `id`, `counters_3`.`hits` AS `hits`, `counters_3`.`label` AS
        `label` FROM `counters` AS `counters_3`)) AS `derived` ORDER BY `derived`.`id` ASC LIMIT ?) AS `excluded`
        WHERE (@relvar_given := coalesce(@relvar_given, 0) + 1) > 0
        ON DUPLICATE KEY UPDATE `hits` = IF((@relvar_updated := coalesce(@relvar_updated, 0) + 1) > 0,
        `counters`.`hits` + VALUES(`hits`) + ?, `counters`.`hits`)"#,
    )
    .sqlite(
        r#"INSERT INTO "counters" ("id", "hits")
        SELECT *
        FROM (SELECT DISTINCT "derived"."id" AS "id", "derived"."hits" AS "hits" FROM (SELECT "counters_2"."id"
        AS "id", "counters_2"."hits" AS "hits", "counters_2"."label" AS "label" FROM "counters" AS "counters_2"
        UNION ALL SELECT "counters_3"."id" AS "id", "counters_3"."hits" AS "hits", "counters_3"."label" AS
        "label" FROM "counters" AS "counters_3") AS "derived" ORDER BY "derived"."id" ASC LIMIT ?1+0) AS
        "excluded"
        WHERE relvar_count_row() ON CONFLICT ("id") DO UPDATE
        SET "hits" = "counters"."hits" + "excluded"."hits" + ?2
        WHERE relvar_count_update()"#,
    )
    .gives((5, 1), (outcome(0, 1, 0), [(1, 11)]))
    .again((0, 2), (outcome(0, 0, 0), [(1, 5)]));
}

#[test]
fn of_rows_of_a_common_table_expression() {
    upserted(
        |least: i64| {
            let cte = numbers(least).cte("numbered");
            let rows = cte.query().select(|n| HitsExprs { id: n.id, hits: n.hits });
            Counter::insert_from(rows).on_any_conflict_do_nothing()
        },
        counters,
    )
    .postgres(
        r#"WITH "numbered" ("id", "hits") AS (SELECT "numbers"."id", CAST("numbers"."small" AS bigint) FROM
        "numbers" WHERE "numbers"."id" >= $1 ORDER BY "numbers"."id" DESC), "relvar_given" ("c0", "c1") AS
        (SELECT "numbered"."id", "numbered"."hits" FROM "numbered"), "relvar_upserted" ("inserted") AS (INSERT
        INTO "counters" ("id", "hits") SELECT "relvar_given_2"."c0", "relvar_given_2"."c1" FROM "relvar_given" AS
        "relvar_given_2" ON CONFLICT DO NOTHING RETURNING (xmax = 0))
        SELECT (SELECT count(*) FROM "relvar_given"), count(*) FILTER (WHERE "relvar_upserted"."inserted" IS
        TRUE), count(*) FILTER (WHERE "relvar_upserted"."inserted" IS NOT TRUE)
        FROM "relvar_upserted""#,
    )
    .mysql_and_mariadb(
        r#"INSERT INTO `counters` (`id`, `hits`) WITH `numbered` (`id`, `hits`) AS (SELECT `numbers`.`id`,
        CAST(`numbers`.`small` AS SIGNED) FROM `numbers` WHERE `numbers`.`id` >= ? ORDER BY `numbers`.`id` DESC)
        SELECT *
        FROM (SELECT `numbered`.`id` AS `id`, `numbered`.`hits` AS `hits` FROM `numbered` LIMIT
        18446744073709551615) AS `excluded`
        WHERE (@relvar_given := coalesce(@relvar_given, 0) + 1) > 0
        ON DUPLICATE KEY UPDATE `id` = IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL,
        `counters`.`id`, `counters`.`id`)"#,
    )
    .sqlite(
        r#"WITH "numbered" ("id", "hits") AS (SELECT "numbers"."id", CASE typeof("numbers"."small") WHEN 'real' THEN
        CAST(round("numbers"."small") AS INTEGER) ELSE CAST("numbers"."small" AS INTEGER) END FROM "numbers"
        WHERE "numbers"."id" >= ?1 ORDER BY "numbers"."id" DESC) INSERT INTO "counters" ("id", "hits")
        SELECT *
        FROM (SELECT "numbered"."id" AS "id", "numbered"."hits" AS "hits" FROM "numbered" LIMIT -1) AS "excluded"
        WHERE relvar_count_row() ON CONFLICT DO NOTHING"#,
    )
    .gives(1, (outcome(3, 0, 1), [(1, 5), (2, -7), (3, 0), (4, 7)]))
    .again(4, (outcome(1, 0, 0), [(1, 5), (4, 7)]));
}

#[test]
fn of_rows_of_a_query_that_meet_none() {
    upserted(|least: i64| Counter::insert_from(numbers(least)), counters)
        .postgres(
            r#"INSERT INTO "counters" ("id", "hits")
        SELECT "numbers"."id", CAST("numbers"."small" AS bigint)
        FROM "numbers"
        WHERE "numbers"."id" >= $1
        ORDER BY "numbers"."id" DESC"#,
        )
        .mysql_and_mariadb(
            r#"INSERT INTO `counters` (`id`, `hits`)
        SELECT `numbers`.`id`, CAST(`numbers`.`small` AS SIGNED)
        FROM `numbers`
        WHERE `numbers`.`id` >= ?
        ORDER BY `numbers`.`id` DESC"#,
        )
        .sqlite(
            r#"INSERT INTO "counters" ("id", "hits")
        SELECT "numbers"."id", CASE typeof("numbers"."small") WHEN 'real' THEN CAST(round("numbers"."small") AS
        INTEGER) ELSE CAST("numbers"."small" AS INTEGER) END
        FROM "numbers"
        WHERE "numbers"."id" >= ?1
        ORDER BY "numbers"."id" DESC"#,
        )
        .gives(2, (outcome(3, 0, 0), [(1, 5), (2, -7), (3, 0), (4, 7)]))
        .again(4, (outcome(1, 0, 0), [(1, 5), (4, 7)]));
}
