//! Functions of numbers: rounding, signs, roots, the greater and the smaller of two.

use relvar_sql_tests::prelude::*;

#[test]
fn halves_are_rounded_away_from_zero() {
    query(|x: f64| {
        Number::query()
            .filter(|n| n.id.lte(2))
            .order_by(|n| n.id.asc())
            .select(|n| (n.real.round(), value(x).round(), value(-x).round()))
    })
    .postgres(
        r#"SELECT (trunc("numbers"."real") + CASE WHEN abs(("numbers"."real") - trunc("numbers"."real")) >= 0.5 THEN
        sign("numbers"."real") ELSE 0 END), (trunc($1) + CASE WHEN abs(($1) - trunc($1)) >= 0.5 THEN sign($1)
        ELSE 0 END), (trunc($2) + CASE WHEN abs(($2) - trunc($2)) >= 0.5 THEN sign($2) ELSE 0 END)
        FROM "numbers"
        WHERE "numbers"."id" <= $3
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT (truncate(`numbers`.`real`, 0) + CASE WHEN abs((`numbers`.`real`) - truncate(`numbers`.`real`, 0))
        >= 0.5 THEN sign(`numbers`.`real`) ELSE 0 END), (truncate(CAST(? AS DOUBLE), 0) + CASE WHEN abs((CAST(?
        AS DOUBLE)) - truncate(CAST(? AS DOUBLE), 0)) >= 0.5 THEN sign(CAST(? AS DOUBLE)) ELSE 0 END),
        (truncate(CAST(? AS DOUBLE), 0) + CASE WHEN abs((CAST(? AS DOUBLE)) - truncate(CAST(? AS DOUBLE), 0)) >=
        0.5 THEN sign(CAST(? AS DOUBLE)) ELSE 0 END)
        FROM `numbers`
        WHERE `numbers`.`id` <= ?
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN ("numbers"."real") BETWEEN -9e15 AND 9e15 THEN CAST(CAST("numbers"."real" AS INTEGER) +
        (abs(("numbers"."real") - CAST("numbers"."real" AS INTEGER)) >= 0.5) * sign("numbers"."real") AS REAL)
        ELSE "numbers"."real" END, CASE WHEN (?1) BETWEEN -9e15 AND 9e15 THEN CAST(CAST(?1 AS INTEGER) +
        (abs((?1) - CAST(?1 AS INTEGER)) >= 0.5) * sign(?1) AS REAL) ELSE ?1 END, CASE WHEN (?2) BETWEEN -9e15
        AND 9e15 THEN CAST(CAST(?2 AS INTEGER) + (abs((?2) - CAST(?2 AS INTEGER)) >= 0.5) * sign(?2) AS REAL)
        ELSE ?2 END
        FROM "numbers"
        WHERE "numbers"."id" <= ?3
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives(0.5, [(2.0, 1.0, -1.0), (-3.0, 1.0, -1.0)])
    .again(0.49999999999999994, [(2.0, 0.0, 0.0), (-3.0, 0.0, 0.0)]);
}

#[test]
fn whole_numbers_of_floats_divide_as_floats() {
    query(|by: f64| {
        Number::query()
            .filter(|n| n.id.eq(4))
            .select(|n| (n.real.floor() / by, n.real.ceil() / by, n.real.trunc() / by, n.real.round() / by))
    })
    .postgres(
        r#"SELECT floor("numbers"."real") / $1, ceil("numbers"."real") / $2, trunc("numbers"."real") / $3,
        (trunc("numbers"."real") + CASE WHEN abs(("numbers"."real") - trunc("numbers"."real")) >= 0.5 THEN
        sign("numbers"."real") ELSE 0 END) / $4
        FROM "numbers"
        WHERE "numbers"."id" = $5"#,
    )
    .mysql_and_mariadb(
        r#"SELECT floor(`numbers`.`real`) / ?, ceil(`numbers`.`real`) / ?, truncate(`numbers`.`real`, 0) / ?,
        (truncate(`numbers`.`real`, 0) + CASE WHEN abs((`numbers`.`real`) - truncate(`numbers`.`real`, 0)) >=
        0.5 THEN sign(`numbers`.`real`) ELSE 0 END) / ?
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN ("numbers"."real") BETWEEN -9e15 AND 9e15 THEN CAST(CAST("numbers"."real" AS
        INTEGER) - (("numbers"."real") < CAST("numbers"."real" AS INTEGER)) AS REAL) ELSE "numbers"."real"
        END / ?1, CASE WHEN ("numbers"."real") BETWEEN -9e15 AND 9e15 THEN CAST(CAST("numbers"."real" AS
        INTEGER) + (("numbers"."real") > CAST("numbers"."real" AS INTEGER)) AS REAL) ELSE "numbers"."real"
        END / ?2, CASE WHEN ("numbers"."real") BETWEEN -9e15 AND 9e15 THEN CAST(CAST("numbers"."real" AS
        INTEGER) AS REAL) ELSE "numbers"."real" END / ?3, CASE WHEN ("numbers"."real") BETWEEN -9e15 AND 9e15
        THEN CAST(CAST("numbers"."real" AS INTEGER) + (abs(("numbers"."real") - CAST("numbers"."real" AS
        INTEGER)) >= 0.5) * sign("numbers"."real") AS REAL) ELSE "numbers"."real" END / ?4
        FROM "numbers"
        WHERE "numbers"."id" = ?5"#,
    )
    .gives(2.0, [(1.5, 2.0, 1.5, 2.0)])
    .again(8.0, [(0.375, 0.5, 0.375, 0.5)]);
}

#[test]
fn truncation_and_sign() {
    query(|id: i64| {
        Number::query()
            .filter(|n| n.id.eq(id))
            .select(|n| (n.real.trunc(), n.real.sign(), n.small.sign(), n.int.sign(), n.int.trunc()))
    })
    .postgres(
        r#"SELECT trunc("numbers"."real"), CAST(sign("numbers"."real") AS integer), CAST(sign("numbers"."small")
        AS integer), CAST(sign("numbers"."int") AS integer), "numbers"."int"
        FROM "numbers"
        WHERE "numbers"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT truncate(`numbers`.`real`, 0), sign(`numbers`.`real`), sign(`numbers`.`small`),
        sign(`numbers`.`int`), `numbers`.`int`
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN ("numbers"."real") BETWEEN -9e15 AND 9e15 THEN CAST(CAST("numbers"."real" AS
        INTEGER) AS REAL) ELSE "numbers"."real" END, sign("numbers"."real"), sign("numbers"."small"),
        sign("numbers"."int"), "numbers"."int"
        FROM "numbers"
        WHERE "numbers"."id" = ?1"#,
    )
    .gives(2, [(-2.0, -1, -1, None::<i32>, None::<i32>)])
    .again(3, [(0.0, 1, 0, Some(-1), Some(-3))]);
}

#[test]
fn rounding_to_digits() {
    query(|factor: f64| {
        Number::query()
            .filter(|n| n.id.in_list([2, 4]))
            .order_by(|n| n.id.asc())
            .select(|n| ((n.real * factor).round_to(2), (n.real * factor).round_to(1), n.big.round_to(1)))
    })
    .postgres(
        r#"SELECT CAST(round(CAST("numbers"."real" * $1 AS numeric), 2) AS double precision),
        CAST(round(CAST("numbers"."real" * $2 AS numeric), 1) AS double precision), "numbers"."big"
        FROM "numbers"
        WHERE "numbers"."id" = ANY($3)
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT round(`numbers`.`real` * ?, 2), round(`numbers`.`real` * ?, 1), `numbers`.`big`
        FROM `numbers`
        WHERE `numbers`.`id` IN (?, ?)
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT round("numbers"."real" * ?1, 2), round("numbers"."real" * ?2, 1), "numbers"."big"
        FROM "numbers"
        WHERE "numbers"."id" IN (?3, ?4)
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives(1.111, [(-2.78, -2.8, 2), (4.17, 4.2, 100)])
    .again(100.0, [(-250.0, -250.0, 2), (375.0, 375.0, 100)]);
}

#[test]
fn decimals_are_rounded_exactly() {
    query(|id: i64| {
        Amount::query()
            .filter(|n| n.id.eq(id))
            .select(|n| (n.exact.round_to(1), n.exact.round(), n.exact.trunc(), n.exact.sign()))
    })
    .postgres(
        r#"SELECT round("numbers"."exact", 1), round("numbers"."exact"), trunc("numbers"."exact"),
        CAST(sign("numbers"."exact") AS integer)
        FROM "numbers"
        WHERE "numbers"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT round(`numbers`.`exact`, 1), round(`numbers`.`exact`), truncate(`numbers`.`exact`, 0),
        sign(`numbers`.`exact`)
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(1, [(Some(decimal("10.3")), Some(decimal("10")), Some(decimal("10")), Some(1))])
    .again(2, [(None::<Decimal>, None::<Decimal>, None::<Decimal>, None::<i32>)]);
}

#[test]
fn roots_powers_and_logarithms() {
    query(|x: f64| {
        Amount::query().filter(|n| n.id.eq(2)).select(|n| {
            (
                (n.real - n.real + x).sqrt(),
                n.real.sqrt(),
                (n.real - n.real + x).ln(),
                n.real.ln(),
                n.real.power(x),
                (n.real - n.real).exp(),
            )
        })
    })
    .postgres(
        r#"SELECT CASE WHEN (("numbers"."real" - "numbers"."real") + $1) >= 0 THEN sqrt(("numbers"."real" -
        "numbers"."real") + $1) END, CASE WHEN ("numbers"."real") >= 0 THEN sqrt("numbers"."real") END, CASE
        WHEN (("numbers"."real" - "numbers"."real") + $2) > 0 THEN ln(("numbers"."real" - "numbers"."real") +
        $2) END, CASE WHEN ("numbers"."real") > 0 THEN ln("numbers"."real") END, power("numbers"."real", $3),
        exp("numbers"."real" - "numbers"."real")
        FROM "numbers"
        WHERE "numbers"."id" = $4"#,
    )
    .mysql_and_mariadb(
        r#"SELECT sqrt((`numbers`.`real` - `numbers`.`real`) + ?), sqrt(`numbers`.`real`), ln((`numbers`.`real`
        - `numbers`.`real`) + ?), ln(`numbers`.`real`), power(`numbers`.`real`, ?), exp(`numbers`.`real` -
        `numbers`.`real`)
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(4.0, [(Some(2.0), None::<f64>, Some(4f64.ln()), None::<f64>, 39.0625, 1.0)])
    .again(1.0, [(Some(1.0), None::<f64>, Some(0.0), None::<f64>, -2.5, 1.0)]);
}

#[test]
fn random_numbers_lie_between_zero_and_one() {
    query(|id: i64| {
        Number::query()
            .filter(|n| n.id.ne(id))
            .filter(|_| random().gte(0.0) & random().lt(1.0))
            .order_by(|n| n.id.asc())
            .select(|n| n.id)
    })
    .postgres(
        r#"SELECT "numbers"."id"
        FROM "numbers"
        WHERE "numbers"."id" <> $1 AND (random() >= $2 AND random() < $3)
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`id`
        FROM `numbers`
        WHERE `numbers`.`id` <> ? AND (rand() >= ? AND rand() < ?)
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "numbers"."id"
        FROM "numbers"
        WHERE "numbers"."id" <> ?1 AND (((random() & 9007199254740991) / 9007199254740992.0) >= ?2 AND
        ((random() & 9007199254740991) / 9007199254740992.0) < ?3)
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives(1, [2, 3, 4])
    .again(4, [1, 2, 3]);
}

#[test]
fn the_greater_and_the_smaller_of_what_may_be_null() {
    query(|x: i32| {
        Number::query()
            .order_by(|n| n.id.asc())
            .limit(3)
            .select(|n| (greatest(n.int, x), least(n.int, x), greatest(n.small, n.small)))
    })
    .postgres(
        r#"SELECT CASE WHEN ("numbers"."int") IS NOT NULL AND ($1) IS NOT NULL THEN greatest("numbers"."int",
        $1) END, CASE WHEN ("numbers"."int") IS NOT NULL AND ($2) IS NOT NULL THEN least("numbers"."int", $2)
        END, greatest("numbers"."small", "numbers"."small")
        FROM "numbers"
        ORDER BY "numbers"."id" ASC LIMIT $3"#,
    )
    .mysql_and_mariadb(
        r#"SELECT greatest(`numbers`.`int`, ?), least(`numbers`.`int`, ?), greatest(`numbers`.`small`,
        `numbers`.`small`)
        FROM `numbers`
        ORDER BY `numbers`.`id` ASC LIMIT ?"#,
    )
    .sqlite(
        r#"SELECT max("numbers"."int", ?1), min("numbers"."int", ?2), max("numbers"."small", "numbers"."small")
        FROM "numbers"
        ORDER BY "numbers"."id" ASC LIMIT ?3+0"#,
    )
    .gives(0, [(Some(10), Some(0), 7), (None, None, -7), (Some(0), Some(-3), 0)])
    .again(99, [(Some(99), Some(10), 7), (None, None, -7), (Some(99), Some(-3), 0)]);
}

#[test]
fn to_the_next_integer() {
    query(|more: f64| {
        Number::query().order_by(|n| n.id.asc()).select(|n| ((n.real + more).cast::<i64>(), n.real.cast::<i64>()))
    })
    .postgres(
        r#"SELECT CAST("numbers"."real" + $1 AS bigint), CAST("numbers"."real" AS bigint)
        FROM "numbers"
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(`numbers`.`real` + ? AS SIGNED), CAST(`numbers`.`real` AS SIGNED)
        FROM `numbers`
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT CASE typeof((round("numbers"."real" + ?1) - (abs(("numbers"."real" + ?1) - CAST("numbers"."real" +
        ?1 AS INTEGER)) = 0.5 AND CAST(round("numbers"."real" + ?1) AS INTEGER) % 2 <> 0) * sign("numbers"."real"
        + ?1))) WHEN 'real' THEN CAST(round((round("numbers"."real" + ?1) - (abs(("numbers"."real" + ?1) -
        CAST("numbers"."real" + ?1 AS INTEGER)) = 0.5 AND CAST(round("numbers"."real" + ?1) AS INTEGER) % 2 <> 0)
        * sign("numbers"."real" + ?1))) AS INTEGER) ELSE CAST((round("numbers"."real" + ?1) -
        (abs(("numbers"."real" + ?1) - CAST("numbers"."real" + ?1 AS INTEGER)) = 0.5 AND
        CAST(round("numbers"."real" + ?1) AS INTEGER) % 2 <> 0) * sign("numbers"."real" + ?1)) AS INTEGER) END,
        CASE typeof((round("numbers"."real") - (abs(("numbers"."real") - CAST("numbers"."real" AS INTEGER)) = 0.5
        AND CAST(round("numbers"."real") AS INTEGER) % 2 <> 0) * sign("numbers"."real"))) WHEN 'real' THEN
        CAST(round((round("numbers"."real") - (abs(("numbers"."real") - CAST("numbers"."real" AS INTEGER)) = 0.5
        AND CAST(round("numbers"."real") AS INTEGER) % 2 <> 0) * sign("numbers"."real"))) AS INTEGER) ELSE
        CAST((round("numbers"."real") - (abs(("numbers"."real") - CAST("numbers"."real" AS INTEGER)) = 0.5 AND
        CAST(round("numbers"."real") AS INTEGER) % 2 <> 0) * sign("numbers"."real")) AS INTEGER) END
        FROM "numbers"
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives(0.0, [(2, 2), (-2, -2), (0, 0), (4, 4)])
    .again(1.0, [(2, 2), (-2, -2), (1, 0), (5, 4)]);
}
