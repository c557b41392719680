//! Decimals on every database: as they are where there are decimals, in floating point on SQLite.

use relvar_sql_tests::prelude::*;

fn lossy(digits: &str) -> Lossy {
    Lossy(decimal(digits))
}

#[test]
fn order_and_comparison() {
    query(|least: Decimal| {
        Number::query()
            .filter(|n| n.exact.lossy().ge(least) & n.exact.lossy().le(100) & n.exact.lossy().ne(5))
            .order_by(|n| (n.exact.lossy().desc(), n.id.asc()))
            .select(|n| (n.id, n.exact))
    })
    .postgres(
        r#"SELECT "numbers"."id", "numbers"."exact"
        FROM "numbers"
        WHERE "numbers"."exact" >= $1 AND "numbers"."exact" <= $2 AND "numbers"."exact" <> $3
        ORDER BY "numbers"."exact" DESC, "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`id`, `numbers`.`exact`
        FROM `numbers`
        WHERE `numbers`.`exact` >= ? AND `numbers`.`exact` <= ? AND `numbers`.`exact` <> ?
        ORDER BY `numbers`.`exact` DESC, `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "numbers"."id", "numbers"."exact"
        FROM "numbers"
        WHERE CAST("numbers"."exact" AS REAL) >= ?1 AND CAST("numbers"."exact" AS REAL) <= ?2 AND
        CAST("numbers"."exact" AS REAL) <> ?3
        ORDER BY CAST("numbers"."exact" AS REAL) DESC, "numbers"."id" ASC"#,
    )
    .gives(decimal("5"), [(1, Some(decimal("10.25"))), (4, Some(decimal("10.25")))])
    .again(decimal("10.26"), [(); 0]);
}

#[test]
fn arithmetic() {
    query(|by: Decimal| {
        Number::query().filter(|n| n.id.eq(1)).select(move |n| {
            (n.exact.lossy() * (Lossy(by) - n.int.lossy()), n.exact.lossy() + n.big.lossy(), -n.exact.lossy())
        })
    })
    .postgres(
        r#"SELECT "numbers"."exact" * ($1 - CAST("numbers"."int" AS numeric)), "numbers"."exact" +
        CAST("numbers"."big" AS numeric), -("numbers"."exact")
        FROM "numbers"
        WHERE "numbers"."id" = $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`exact` * (? - CAST(`numbers`.`int` AS DECIMAL(19, 0))), `numbers`.`exact` +
        CAST(`numbers`.`big` AS DECIMAL(19, 0)), -(`numbers`.`exact`)
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CAST("numbers"."exact" AS REAL) * (?1 - CAST("numbers"."int" AS REAL)), CAST("numbers"."exact"
        AS REAL) + CAST("numbers"."big" AS REAL), -(CAST("numbers"."exact" AS REAL))
        FROM "numbers"
        WHERE "numbers"."id" = ?2"#,
    )
    .gives(decimal("0.5"), [(Some(lossy("-97.375")), Some(lossy("9000000010.25")), Some(lossy("-10.25")))])
    .again(decimal("11"), [(Some(lossy("10.25")), Some(lossy("9000000010.25")), Some(lossy("-10.25")))]);
}

#[test]
fn rounding() {
    query(|id: i64| {
        Number::query()
            .filter(|n| n.id.eq(id))
            .select(|n| (n.exact.lossy().round(), n.exact.lossy().round_to(1), n.exact.lossy().abs()))
    })
    .postgres(
        r#"SELECT round("numbers"."exact"), round("numbers"."exact", 1), abs("numbers"."exact")
        FROM "numbers"
        WHERE "numbers"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT round(`numbers`.`exact`), round(`numbers`.`exact`, 1), abs(`numbers`.`exact`)
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT round(CAST("numbers"."exact" AS REAL)), round(CAST("numbers"."exact" AS REAL), 1),
        abs(CAST("numbers"."exact" AS REAL))
        FROM "numbers"
        WHERE "numbers"."id" = ?1"#,
    )
    .gives(1, [(Some(lossy("10")), Some(lossy("10.3")), Some(lossy("10.25")))])
    .again(3, [(Some(lossy("5")), Some(lossy("5")), Some(lossy("5")))]);
}

#[test]
fn quotients_of_integers_are_not_cut_off() {
    query(|by: i32| Number::query().filter(|n| n.id.eq(1)).select(move |n| (n.int / by, n.int.lossy() / by)))
        .postgres(
            r#"SELECT "numbers"."int" / $1, CAST("numbers"."int" AS numeric) / $2
        FROM "numbers"
        WHERE "numbers"."id" = $3"#,
        )
        .mysql_and_mariadb(
            r#"SELECT `numbers`.`int` DIV ?, CAST(`numbers`.`int` AS DECIMAL(19, 0)) / ?
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
        )
        .sqlite(
            r#"SELECT "numbers"."int" / ?1, CAST("numbers"."int" AS REAL) / ?2
        FROM "numbers"
        WHERE "numbers"."id" = ?3"#,
        )
        .gives(4, [(Some(2), Some(lossy("2.5")))])
        .again(8, [(Some(1), Some(lossy("1.25")))]);
}

#[test]
fn aggregates() {
    query(|id: i64| {
        Number::query().filter(|n| n.id.ge(id)).aggregate(|g| {
            let averages = (g.avg(|n| n.exact.lossy()), g.avg_decimal(|n| n.exact.lossy()));
            (g.sum(|n| n.exact.lossy()), g.min(|n| n.exact.lossy()), g.max(|n| n.exact.lossy()), averages)
        })
    })
    .postgres(
        r#"SELECT sum("numbers"."exact"), min("numbers"."exact"), max("numbers"."exact"),
        CAST(avg("numbers"."exact") AS double precision), avg("numbers"."exact")
        FROM "numbers"
        WHERE "numbers"."id" >= $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT sum(`numbers`.`exact`), min(`numbers`.`exact`), max(`numbers`.`exact`),
        avg(CAST(`numbers`.`exact` AS DOUBLE)), avg(`numbers`.`exact`)
        FROM `numbers`
        WHERE `numbers`.`id` >= ?"#,
    )
    .sqlite(
        r#"SELECT sum(CAST("numbers"."exact" AS REAL)), min(CAST("numbers"."exact" AS REAL)),
        max(CAST("numbers"."exact" AS REAL)), avg(CAST("numbers"."exact" AS REAL)),
        avg(CAST("numbers"."exact" AS REAL))
        FROM "numbers"
        WHERE "numbers"."id" >= ?1"#,
    )
    .gives(1, [(Some(lossy("25.5")), Some(lossy("5")), Some(lossy("10.25")), (Some(8.5), Some(lossy("8.5"))))])
    .again(9, [(None::<Lossy>, None::<Lossy>, None::<Lossy>, (None::<f64>, None::<Lossy>))]);
}

#[test]
fn a_sum_of_some() {
    query(|id: i64| Number::query().aggregate(|g| g.sum(|n| case().when(n.id.le(id), n.exact.lossy()).otherwise(0))))
        .postgres(r#"SELECT sum(CASE WHEN "numbers"."id" <= $1 THEN "numbers"."exact" ELSE $2 END) FROM "numbers""#)
        .mysql_and_mariadb(
            r#"SELECT sum(CASE WHEN `numbers`.`id` <= ? THEN `numbers`.`exact` ELSE ? END) FROM `numbers`"#,
        )
        .sqlite(
            r#"SELECT sum(CASE WHEN "numbers"."id" <= ?1 THEN CAST("numbers"."exact" AS REAL) ELSE ?2 END)
        FROM "numbers""#,
        )
        .gives(1, [Some(lossy("10.25"))])
        .again(4, [Some(lossy("25.5"))]);
}

#[test]
fn one_of_a_list() {
    query(|exact: Decimal| {
        Number::query()
            .filter(|n| n.exact.lossy().in_list([exact, Decimal::ONE]))
            .order_by(|n| n.id.asc())
            .select(|n| n.id)
    })
    .postgres(r#"SELECT "numbers"."id" FROM "numbers" WHERE "numbers"."exact" = ANY($1) ORDER BY "numbers"."id" ASC"#)
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`id` FROM `numbers` WHERE `numbers`.`exact` IN (?, ?) ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "numbers"."id"
        FROM "numbers"
        WHERE CAST("numbers"."exact" AS REAL) IN (?1, ?2)
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives(decimal("10.250"), [1, 4])
    .again(decimal("5"), [3]);
}

#[test]
fn constants() {
    query(|id: i64| {
        let half = constant(lossy("0.5"));
        Number::query().filter(|n| n.id.eq(id)).select(move |n| (half.clone() * n.exact.lossy(), half))
    })
    .postgres(
        r#"SELECT CAST('0.5' AS numeric) * "numbers"."exact", CAST('0.5' AS numeric)
        FROM "numbers"
        WHERE "numbers"."id" = $1"#,
    )
    .mysql_and_mariadb(r#"SELECT 0.5 * `numbers`.`exact`, 0.5 FROM `numbers` WHERE `numbers`.`id` = ?"#)
    .sqlite(
        r#"SELECT CAST('0.5' AS REAL) * CAST("numbers"."exact" AS REAL), CAST('0.5' AS REAL)
        FROM "numbers"
        WHERE "numbers"."id" = ?1"#,
    )
    .gives(1, [(Some(lossy("5.125")), lossy("0.5"))])
    .again(3, [(Some(lossy("2.5")), lossy("0.5"))]);
}

#[test]
fn a_derived_number_stays_one() {
    query(|least: Decimal| {
        let totals =
            Number::query().group_by(|n| n.flag).select(|_, g| (g.count(), g.sum(|n| n.exact.lossy()))).derived();
        totals.query().filter(|t| t.1.gt(least)).aggregate(|g| (g.count(), g.sum(|t| t.1 * t.0.lossy())))
    })
    .postgres(
        r#"SELECT count(*), sum("derived"."c1" * CAST("derived"."c0" AS numeric))
        FROM (SELECT count(*) AS "c0", sum("numbers"."exact") AS "c1" FROM "numbers" GROUP BY
        "numbers"."flag") AS "derived"
        WHERE "derived"."c1" > $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT count(*), sum(`derived`.`c1` * CAST(`derived`.`c0` AS DECIMAL(19, 0)))
        FROM (SELECT count(*) AS `c0`, sum(`numbers`.`exact`) AS `c1` FROM `numbers` GROUP BY
        `numbers`.`flag`) AS `derived`
        WHERE `derived`.`c1` > ?"#,
    )
    .sqlite(
        r#"SELECT count(*), sum("derived"."c1" * CAST("derived"."c0" AS REAL))
        FROM (SELECT count(*) AS "c0", sum(CAST("numbers"."exact" AS REAL)) AS "c1" FROM "numbers" GROUP BY
        "numbers"."flag") AS "derived"
        WHERE "derived"."c1" > ?1"#,
    )
    .gives(decimal("0"), [(2, Some(lossy("46")))])
    .again(decimal("1000"), [(0, None::<Lossy>)]);
}
