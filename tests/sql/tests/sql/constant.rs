//! Numbers that are written into the text: each is of its Rust type wherever it stands, not of the smallest that holds it.

use relvar_sql_tests::prelude::*;

#[test]
fn constants_are_calculated_with_as_what_they_are() {
    query(|()| {
        Counter::query().filter(|c| c.id.eq(constant(1))).select(|c| {
            let sum = constant(2_147_483_647i64) + constant(1i64);
            let product = constant(2_000_000_000i64) * constant(3i64);
            (
                sum,
                product,
                -(-constant(2_147_483_647i64) - constant(2i64)),
                constant(7i64) / constant(2i64),
                c.hits + constant(1),
            )
        })
    })
    .postgres(
        r#"SELECT CAST(2147483647 AS bigint) + CAST(1 AS bigint), CAST(2000000000 AS bigint) * CAST(3 AS bigint),
        -((-(CAST(2147483647 AS bigint))) - 2), CAST(7 AS bigint) / CAST(2 AS bigint), "counters"."hits" + 1
        FROM "counters"
        WHERE "counters"."id" = 1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(2147483647 AS SIGNED) + CAST(1 AS SIGNED), CAST(2000000000 AS SIGNED) * CAST(3 AS SIGNED),
        -((-(CAST(2147483647 AS SIGNED))) - 2), CAST(7 AS SIGNED) DIV CAST(2 AS SIGNED), `counters`.`hits` + 1
        FROM `counters`
        WHERE `counters`.`id` = 1"#,
    )
    .sqlite(
        r#"SELECT 2147483647 + 1, 2000000000 * 3, -((-(2147483647)) - 2), 7 / 2, "counters"."hits" + 1
        FROM "counters"
        WHERE "counters"."id" = 1"#,
    )
    .always([(2_147_483_648i64, 6_000_000_000i64, 2_147_483_649i64, 3, 6)]);
}

#[test]
fn constants_of_narrow_types() {
    query(|()| {
        Number::query().filter(|n| n.id.eq(constant(1))).select(|n| {
            let either = case().when(n.big.gt(constant(0)), n.small).otherwise(constant(1i16));
            (n.small + constant(1i16), constant(2i16) * constant(3i16), either, constant(0.1f32) + constant(0.2f32))
        })
    })
    .postgres(
        r#"SELECT "numbers"."small" + CAST(1 AS smallint), CAST(2 AS smallint) * CAST(3 AS smallint), CASE WHEN
        "numbers"."big" > 0 THEN "numbers"."small" ELSE CAST(1 AS smallint) END, CAST(1.0000000149011612e-1 AS
        real) + CAST(2.0000000298023224e-1 AS real)
        FROM "numbers"
        WHERE "numbers"."id" = 1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`small` + CAST(1 AS SIGNED), CAST(2 AS SIGNED) * CAST(3 AS SIGNED), CASE WHEN
        `numbers`.`big` > 0 THEN `numbers`.`small` ELSE CAST(1 AS SIGNED) END, CAST(1.0000000149011612e-1 AS
        FLOAT) + CAST(2.0000000298023224e-1 AS FLOAT)
        FROM `numbers`
        WHERE `numbers`.`id` = 1"#,
    )
    .sqlite(
        r#"SELECT "numbers"."small" + 1, 2 * 3, CASE WHEN "numbers"."big" > 0 THEN "numbers"."small" ELSE 1 END,
        1.0000000149011612e-1 + 2.0000000298023224e-1
        FROM "numbers"
        WHERE "numbers"."id" = 1"#,
    )
    .always([(8, 6, 7, 0.1f32 + 0.2f32)]);
}

#[test]
fn constants_of_floating_point() {
    query(|()| {
        Counter::query().filter(|c| c.id.eq(constant(1))).select(|_| {
            (
                constant(0.1f64) + constant(0.2f64),
                constant(1f64) / constant(3f64),
                constant(2.5f64).round(),
                constant(-1.5f64).abs(),
            )
        })
    })
    .postgres(
        r#"SELECT CAST(1e-1 AS double precision) + CAST(2e-1 AS double precision), CAST(1e0 AS double precision) /
        CAST(3e0 AS double precision), (trunc(CAST(2.5e0 AS double precision)) + CASE WHEN abs((CAST(2.5e0 AS
        double precision)) - trunc(CAST(2.5e0 AS double precision))) >= 0.5 THEN sign(CAST(2.5e0 AS double
        precision)) ELSE 0 END), abs(CAST((-1.5e0) AS double precision))
        FROM "counters"
        WHERE "counters"."id" = 1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(1e-1 AS DOUBLE) + CAST(2e-1 AS DOUBLE), CAST(1e0 AS DOUBLE) / CAST(3e0 AS DOUBLE),
        (truncate(CAST(2.5e0 AS DOUBLE), 0) + CASE WHEN abs((CAST(2.5e0 AS DOUBLE)) - truncate(CAST(2.5e0 AS
        DOUBLE), 0)) >= 0.5 THEN sign(CAST(2.5e0 AS DOUBLE)) ELSE 0 END), abs(CAST((-1.5e0) AS DOUBLE))
        FROM `counters`
        WHERE `counters`.`id` = 1"#,
    )
    .sqlite(
        r#"SELECT 1e-1 + 2e-1, 1e0 / 3e0, CASE WHEN (2.5e0) BETWEEN -9e15 AND 9e15 THEN CAST(CAST(2.5e0 AS INTEGER)
        + (abs((2.5e0) - CAST(2.5e0 AS INTEGER)) >= 0.5) * sign(2.5e0) AS REAL) ELSE 2.5e0 END, abs((-1.5e0))
        FROM "counters"
        WHERE "counters"."id" = 1"#,
    )
    .always([(0.1 + 0.2, 1.0 / 3.0, 3.0, 1.5)]);
}

#[test]
fn constants_among_each_other() {
    query(|()| {
        Counter::query().filter(|c| c.id.eq(constant(1))).select(|c| {
            let branches = case().when(c.hits.gt(constant(0)), constant(2_000_000_000i64)).otherwise(constant(1i64));
            let some = constant(2_000_000_000i64).nullable().coalesce(constant(1i64));
            let greater = greatest(constant(2_000_000_000i64), constant(1i64));
            (branches * constant(3i64), some * constant(3i64), greater * constant(3i64), constant(9i64).null_if(c.id))
        })
    })
    .postgres(
        r#"SELECT CASE WHEN "counters"."hits" > 0 THEN CAST(2000000000 AS bigint) ELSE 1 END * 3,
        coalesce(CAST(2000000000 AS bigint), 1) * 3, greatest(CAST(2000000000 AS bigint), 1) * 3, nullif(CAST(9
        AS bigint), "counters"."id")
        FROM "counters"
        WHERE "counters"."id" = 1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CASE WHEN `counters`.`hits` > 0 THEN CAST(2000000000 AS SIGNED) ELSE 1 END * 3,
        coalesce(CAST(2000000000 AS SIGNED), 1) * 3, greatest(CAST(2000000000 AS SIGNED), 1) * 3, nullif(CAST(9
        AS SIGNED), `counters`.`id`)
        FROM `counters`
        WHERE `counters`.`id` = 1"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN "counters"."hits" > 0 THEN 2000000000 ELSE 1 END * 3, coalesce(2000000000, 1) * 3,
        max(2000000000, 1) * 3, nullif(9, "counters"."id")
        FROM "counters"
        WHERE "counters"."id" = 1"#,
    )
    .always([(6_000_000_000i64, 6_000_000_000i64, 6_000_000_000i64, Some(9))]);
}

#[test]
fn constants_in_a_seed() {
    query(|()| {
        let powers = recursive(
            "powers",
            Counter::query().filter(|c| c.id.eq(constant(1))).select(|_| (constant(1i64), constant(0.5f64))),
            |powers| {
                powers
                    .query()
                    .filter(|p| p.0.lt(constant(1_000_000_000_000)))
                    .select(|p| (p.0 * constant(1_000_000), p.1 / constant(2.0)))
            },
        );
        powers.query().order_by(|p| p.0.asc())
    })
    .postgres(
        r#"WITH RECURSIVE "powers" ("c0", "c1") AS (SELECT CAST(1 AS bigint), CAST(5e-1 AS double precision) FROM
        "counters" WHERE "counters"."id" = 1 UNION ALL SELECT "powers_2"."c0" * 1000000, "powers_2"."c1" / 2e0
        FROM "powers" AS "powers_2" WHERE "powers_2"."c0" < 1000000000000)
        SELECT "powers"."c0", "powers"."c1"
        FROM "powers"
        ORDER BY "powers"."c0" ASC"#,
    )
    .mysql(
        r#"WITH RECURSIVE `powers` (`c0`, `c1`) AS (SELECT CAST(1 AS SIGNED), CAST(5e-1 AS DOUBLE) FROM `counters`
        WHERE `counters`.`id` = 1 UNION ALL SELECT `powers_2`.`c0` * 1000000, `powers_2`.`c1` / 2e0 FROM `powers`
        AS `powers_2` WHERE `powers_2`.`c0` < 1000000000000)
        SELECT `powers`.`c0`, `powers`.`c1`
        FROM `powers`
        ORDER BY `powers`.`c0` ASC"#,
    )
    .mariadb(
        r#"WITH RECURSIVE `powers` (`c0`, `c1`) AS (SELECT CAST(00000000000000000001 AS SIGNED), CAST(5e-1 AS
        DOUBLE) FROM `counters` WHERE `counters`.`id` = 1 UNION ALL SELECT `powers_2`.`c0` * 1000000,
        `powers_2`.`c1` / 2e0 FROM `powers` AS `powers_2` WHERE `powers_2`.`c0` < 1000000000000)
        SELECT `powers`.`c0`, `powers`.`c1`
        FROM `powers`
        ORDER BY `powers`.`c0` ASC"#,
    )
    .sqlite(
        r#"WITH RECURSIVE "powers" ("c0", "c1") AS (SELECT 1, 5e-1 FROM "counters" WHERE "counters"."id" = 1 UNION
        ALL SELECT "powers_2"."c0" * 1000000, "powers_2"."c1" / 2e0 FROM "powers" AS "powers_2" WHERE
        "powers_2"."c0" < 1000000000000)
        SELECT "powers"."c0", "powers"."c1"
        FROM "powers"
        ORDER BY "powers"."c0" ASC"#,
    )
    .always([(1, 0.5), (1_000_000, 0.25), (1_000_000_000_000i64, 0.125)]);
}

#[test]
fn constants_that_are_aggregated() {
    query(|()| {
        Counter::query().aggregate(|g| {
            (g.sum(|_| constant(2_000_000_000i32)), g.max(|_| constant(1i64)), g.avg(|_| constant(1i16)))
        })
    })
    .postgres(
        r#"SELECT sum(CAST(2000000000 AS integer)), max(CAST(1 AS bigint)), CAST(avg(CAST(1 AS smallint)) AS double
        precision)
        FROM "counters""#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(sum(CAST(2000000000 AS SIGNED)) AS SIGNED), max(CAST(1 AS SIGNED)), avg(CAST(CAST(1 AS
        SIGNED) AS DOUBLE))
        FROM `counters`"#,
    )
    .sqlite(r#"SELECT sum(2000000000), max(1), avg(1) FROM "counters""#)
    .always([(Some(2_000_000_000i64), Some(1), Some(1.0))]);
}
