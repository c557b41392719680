//! Numbers: casts, arithmetic, decimals, rounding.

mod bits;
mod functions;

use relvar_sql_tests::prelude::*;

#[test]
fn casts_between_numbers() {
    query(|id: i64| {
        Number::query().filter(|n| n.id.eq(id)).select(|n| {
            (
                n.small.cast::<i64>(),
                n.big.cast::<f64>(),
                n.int.cast::<i64>(),
                n.small.cast::<i32>() + 1,
                n.flag.coalesce(false).cast::<i32>(),
            )
        })
    })
    .postgres(
        r#"SELECT CAST("numbers"."small" AS bigint), CAST("numbers"."big" AS double precision), CAST("numbers"."int"
        AS bigint), CAST("numbers"."small" AS integer) + $1, CAST(coalesce("numbers"."flag", $2) AS integer)
        FROM "numbers"
        WHERE "numbers"."id" = $3"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(`numbers`.`small` AS SIGNED), CAST(`numbers`.`big` AS DOUBLE), CAST(`numbers`.`int` AS
        SIGNED), CAST(`numbers`.`small` AS SIGNED) + ?, CAST(coalesce(`numbers`.`flag`, ?) AS SIGNED)
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE typeof("numbers"."small") WHEN 'real' THEN CAST(round("numbers"."small") AS INTEGER) ELSE
        CAST("numbers"."small" AS INTEGER) END, CAST("numbers"."big" AS REAL), CASE typeof("numbers"."int") WHEN
        'real' THEN CAST(round("numbers"."int") AS INTEGER) ELSE CAST("numbers"."int" AS INTEGER) END, CASE
        typeof("numbers"."small") WHEN 'real' THEN CAST(round("numbers"."small") AS INTEGER) ELSE
        CAST("numbers"."small" AS INTEGER) END + ?1, CASE typeof(coalesce("numbers"."flag", ?2)) WHEN 'real' THEN
        CAST(round(coalesce("numbers"."flag", ?2)) AS INTEGER) ELSE CAST(coalesce("numbers"."flag", ?2) AS
        INTEGER) END
        FROM "numbers"
        WHERE "numbers"."id" = ?3"#,
    )
    .gives(1, [(7, 9e9, Some(10), 8, 1)])
    .again(2, [(-7, 2.0, None::<i64>, -6, 0)]);
}

#[test]
fn casts_to_and_from_text() {
    query(|(id, digits): (i64, &str)| {
        let digits = digits.to_owned();
        Number::query().filter(|n| n.id.eq(id)).select(move |n| {
            (
                n.big.cast::<String>(),
                n.int.cast::<String>(),
                value(digits).cast::<i64>() + 1,
                n.small.cast::<String>().concat("!"),
            )
        })
    })
    .postgres(
        r#"SELECT CAST("numbers"."big" AS text), CAST("numbers"."int" AS text), CAST($1 AS bigint) + $2,
        CAST("numbers"."small" AS text) || $3
        FROM "numbers"
        WHERE "numbers"."id" = $4"#,
    )
    .mysql(
        r#"SELECT concat(`numbers`.`big`), concat(`numbers`.`int`), CAST(? AS SIGNED) + ?,
        CONCAT(concat(`numbers`.`small`), ?)
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CAST(`numbers`.`big` AS CHAR), CAST(`numbers`.`int` AS CHAR), CAST(? AS SIGNED) + ?,
        CONCAT(CAST(`numbers`.`small` AS CHAR), ?)
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CAST("numbers"."big" AS TEXT), CAST("numbers"."int" AS TEXT), CASE typeof(?1) WHEN 'real' THEN
        CAST(round(?1) AS INTEGER) ELSE CAST(?1 AS INTEGER) END + ?2, CAST("numbers"."small" AS TEXT) || ?3
        FROM "numbers"
        WHERE "numbers"."id" = ?4"#,
    )
    .gives((1, "41"), [("9000000000", Some("10"), 42, "7!")])
    .again((2, "-3"), [("2", None::<&str>, -2, "-7!")]);
}

#[test]
fn the_value_inside_a_newtype() {
    query(|number: i32| {
        Seat::query()
            .filter(|s| s.number.raw().lte(number))
            .filter(|s| s.number.ne(SeatNumber(9)))
            .order_by(|s| s.id.asc())
            .select(|s| (s.number, s.number.raw() + 1, s.kind))
    })
    .postgres(
        r#"SELECT "seats"."number", "seats"."number" + $1, "seats"."kind"
        FROM "seats"
        WHERE "seats"."number" <= $2 AND "seats"."number" <> $3
        ORDER BY "seats"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `seats`.`number`, `seats`.`number` + ?, `seats`.`kind`
        FROM `seats`
        WHERE `seats`.`number` <= ? AND `seats`.`number` <> ?
        ORDER BY `seats`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "seats"."number", "seats"."number" + ?1, "seats"."kind"
        FROM "seats"
        WHERE "seats"."number" <= ?2 AND "seats"."number" <> ?3
        ORDER BY "seats"."id" ASC"#,
    )
    .gives(1, [(SeatNumber(1), 2, SeatKind::Window), (SeatNumber(1), 2, SeatKind::Window)])
    .again(
        2,
        [
            (SeatNumber(1), 2, SeatKind::Window),
            (SeatNumber(2), 3, SeatKind::Aisle),
            (SeatNumber(1), 2, SeatKind::Window),
        ],
    );
}

#[test]
fn integer_arithmetic() {
    query(|(by, add): (i64, i64)| {
        Number::query()
            .filter(|n| n.id.ne(1))
            .order_by(|n| n.id.asc())
            .select(|n| (n.big + add, n.big - add, n.big * by, n.big / by, n.big % by, -n.big))
    })
    .postgres(
        r#"SELECT "numbers"."big" + $1, "numbers"."big" - $2, "numbers"."big" * $3, "numbers"."big" / $4,
        "numbers"."big" % $5, -("numbers"."big")
        FROM "numbers"
        WHERE "numbers"."id" <> $6
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`big` + ?, `numbers`.`big` - ?, `numbers`.`big` * ?, `numbers`.`big` DIV ?,
        `numbers`.`big` % ?, -(`numbers`.`big`)
        FROM `numbers`
        WHERE `numbers`.`id` <> ?
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "numbers"."big" + ?1, "numbers"."big" - ?2, "numbers"."big" * ?3, "numbers"."big" / ?4,
        "numbers"."big" % ?5, -("numbers"."big")
        FROM "numbers"
        WHERE "numbers"."id" <> ?6
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives((3, 1), [(3, 1, 6, 0, 2, -2), (-4, -6, -15, -1, -2, 5), (101, 99, 300, 33, 1, -100)])
    .again((-2, 5), [(7, -3, -4, -1, 0, -2), (0, -10, 10, 2, -1, 5), (105, 95, -200, -50, 0, -100)]);
}

#[test]
fn arithmetic_on_a_null_is_null() {
    query(|add: i32| {
        Number::query()
            .filter(|n| n.id.lte(2))
            .order_by(|n| n.id.asc())
            .select(|n| (n.int + add, n.int * n.int, -n.int))
    })
    .postgres(
        r#"SELECT "numbers"."int" + $1, "numbers"."int" * "numbers"."int", -("numbers"."int")
        FROM "numbers"
        WHERE "numbers"."id" <= $2
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`int` + ?, `numbers`.`int` * `numbers`.`int`, -(`numbers`.`int`)
        FROM `numbers`
        WHERE `numbers`.`id` <= ?
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "numbers"."int" + ?1, "numbers"."int" * "numbers"."int", -("numbers"."int")
        FROM "numbers"
        WHERE "numbers"."id" <= ?2
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives(1, [(Some(11), Some(100), Some(-10)), (None, None, None)])
    .again(-1, [(Some(9), Some(100), Some(-10)), (None, None, None)]);
}

#[test]
fn floating_point_arithmetic() {
    query(|by: f64| {
        Number::query()
            .filter(|n| n.id.lte(2))
            .order_by(|n| n.id.asc())
            .select(|n| (n.real / by, n.real * by, 1.0 - n.real))
    })
    .postgres(
        r#"SELECT "numbers"."real" / $1, "numbers"."real" * $2, $3 - "numbers"."real"
        FROM "numbers"
        WHERE "numbers"."id" <= $4
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`real` / ?, `numbers`.`real` * ?, ? - `numbers`.`real`
        FROM `numbers`
        WHERE `numbers`.`id` <= ?
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "numbers"."real" / ?1, "numbers"."real" * ?2, ?3 - "numbers"."real"
        FROM "numbers"
        WHERE "numbers"."id" <= ?4
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives(2.0, [(0.75, 3.0, -0.5), (-1.25, -5.0, 3.5)])
    .again(0.5, [(3.0, 0.75, -0.5), (-5.0, -1.25, 3.5)]);
}

#[test]
fn decimal_arithmetic() {
    query(|by: Decimal| {
        Amount::query()
            .filter(|n| n.exact.gt(by))
            .order_by(|n| n.id.desc())
            .select(|n| (n.exact * by, n.exact - by, -n.exact))
            .limit(1)
    })
    .postgres(
        r#"SELECT "numbers"."exact" * $1, "numbers"."exact" - $2, -("numbers"."exact")
        FROM "numbers"
        WHERE "numbers"."exact" > $3
        ORDER BY "numbers"."id" DESC
        LIMIT $4"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`exact` * ?, `numbers`.`exact` - ?, -(`numbers`.`exact`)
        FROM `numbers`
        WHERE `numbers`.`exact` > ?
        ORDER BY `numbers`.`id` DESC LIMIT ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(decimal("0.1"), [(Some(decimal("1.025")), Some(decimal("10.15")), Some(decimal("-10.25")))])
    .again(decimal("10.25"), [(); 0]);
}

#[test]
fn a_decimal_that_need_not_be_exact() {
    query(|least: f64| {
        Number::query()
            .filter(|n| n.exact.cast::<f64>().gt(least))
            .order_by(|n| (n.exact.cast::<f64>().asc(), n.id.asc()))
            .select(|n| (n.id, n.exact))
    })
    .postgres(
        r#"SELECT "numbers"."id", "numbers"."exact"
        FROM "numbers"
        WHERE CAST("numbers"."exact" AS double precision) > $1
        ORDER BY CAST("numbers"."exact" AS double precision) ASC, "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`id`, `numbers`.`exact`
        FROM `numbers`
        WHERE CAST(`numbers`.`exact` AS DOUBLE) > ?
        ORDER BY CAST(`numbers`.`exact` AS DOUBLE) ASC, `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "numbers"."id", "numbers"."exact"
        FROM "numbers"
        WHERE CAST("numbers"."exact" AS REAL) > ?1
        ORDER BY CAST("numbers"."exact" AS REAL) ASC, "numbers"."id" ASC"#,
    )
    .gives(9.0, [(1, Some(decimal("10.25"))), (4, Some(decimal("10.25")))])
    .again(10.25, [(); 0]);
}

#[test]
fn a_decimal_equals_its_digits() {
    query(|exact: Decimal| Number::query().filter(|n| n.exact.eq(exact)).order_by(|n| n.id.asc()).select(|n| n.id))
        .postgres(
            r#"SELECT "numbers"."id"
            FROM "numbers"
            WHERE "numbers"."exact" = $1
            ORDER BY "numbers"."id" ASC"#,
        )
        .mysql_and_mariadb(
            r#"SELECT `numbers`.`id` FROM `numbers` WHERE `numbers`.`exact` = ? ORDER BY `numbers`.`id` ASC"#,
        )
        .sqlite(
            r#"SELECT "numbers"."id"
            FROM "numbers"
            WHERE "numbers"."exact" = ?1
            ORDER BY "numbers"."id" ASC"#,
        )
        .gives(decimal("10.250"), [1, 4])
        .again(decimal("5"), [3]);
}

#[test]
fn a_constant_decimal_equals_its_digits() {
    query(|id: i64| {
        let exact = constant(decimal("5.00"));
        Number::query().filter(|n| n.exact.eq(exact) & n.id.gte(id)).select(|n| n.id)
    })
    .postgres(r#"SELECT "numbers"."id" FROM "numbers" WHERE "numbers"."exact" = CAST('5.00' AS numeric) AND "numbers"."id" >= $1"#)
    .mysql_and_mariadb(r#"SELECT `numbers`.`id` FROM `numbers` WHERE `numbers`.`exact` = 5.00 AND `numbers`.`id` >= ?"#)
    .sqlite(r#"SELECT "numbers"."id" FROM "numbers" WHERE "numbers"."exact" = '5' AND "numbers"."id" >= ?1"#)
    .gives(1, [3])
    .again(4, [0; 0]);
}

#[test]
fn arithmetic_keeps_its_parentheses() {
    query(|(a, b, c): (i64, i64, i64)| {
        Counter::query().select(move |n| {
            (
                (n.hits + a) * b,
                n.hits + value(a) * b,
                n.hits - (value(a) - b),
                (n.hits * a) / (value(b) * c),
                100 / (n.hits * a),
                -(n.hits + a) % c,
            )
        })
    })
    .postgres(
        r#"SELECT ("counters"."hits" + $1) * $2, "counters"."hits" + ($3 * $4), "counters"."hits" - ($5 - $6),
        ("counters"."hits" * $7) / ($8 * $9), $10 / ("counters"."hits" * $11), (-("counters"."hits" + $12)) % $13
        FROM "counters""#,
    )
    .mysql_and_mariadb(
        r#"SELECT (`counters`.`hits` + ?) * ?, `counters`.`hits` + (CAST(? AS SIGNED) * CAST(? AS SIGNED)),
        `counters`.`hits` - (CAST(? AS SIGNED) - CAST(? AS SIGNED)), (`counters`.`hits` * ?) DIV (CAST(? AS
        SIGNED) * CAST(? AS SIGNED)), ? DIV (`counters`.`hits` * ?), (-(`counters`.`hits` + ?)) % ?
        FROM `counters`"#,
    )
    .sqlite(
        r#"SELECT ("counters"."hits" + ?1) * ?2, "counters"."hits" + (?3 * ?4), "counters"."hits" - (?5 - ?6),
        ("counters"."hits" * ?7) / (?8 * ?9), ?10 / ("counters"."hits" * ?11), (-("counters"."hits" + ?12)) % ?13
        FROM "counters""#,
    )
    .gives((1, 2, 3), [(12, 7, 6, 0, 20, 0)])
    .again((2, 1, 5), [(7, 7, 4, 2, 10, -2)]);
}

#[test]
fn minus_a_negative_value_is_no_comment() {
    query(|n: i64| {
        Counter::query().select(move |c| (-(-c.hits), -value(n), c.hits - constant(-2i64), -constant(-3i64)))
    })
    .postgres(
        r#"SELECT -(-("counters"."hits")), -($1), "counters"."hits" - (-2), -(CAST((-3) AS bigint)) FROM "counters""#,
    )
    .mysql_and_mariadb(
        r#"SELECT -(-(`counters`.`hits`)), 0 - CAST(? AS SIGNED), `counters`.`hits` - (-2), -(CAST((-3) AS SIGNED))
        FROM `counters`"#,
    )
    .sqlite(r#"SELECT -(-("counters"."hits")), -(?1), "counters"."hits" - (-2), -((-3)) FROM "counters""#)
    .gives(-7, [(5, 7, 7, 3)])
    .again(7, [(5, -7, 7, 3)]);
}

#[test]
fn rounding() {
    query(|(id, x): (i64, f32)| {
        Number::query().filter(|n| n.id.eq(id)).select(move |n| {
            let floats = (n.real.abs(), n.real.floor(), n.real.ceil(), (n.real * 4.0).round());
            (floats, (n.small.abs(), n.int.round(), n.big.floor()), (value(x).floor(), value(x).ceil()))
        })
    })
    .postgres(
        r#"SELECT abs("numbers"."real"), floor("numbers"."real"), ceil("numbers"."real"), (trunc("numbers"."real" *
        $1) + CASE WHEN abs(("numbers"."real" * $1) - trunc("numbers"."real" * $1)) >= 0.5 THEN
        sign("numbers"."real" * $1) ELSE 0 END), abs("numbers"."small"), "numbers"."int", "numbers"."big",
        CAST(floor($2) AS real), CAST(ceil($3) AS real)
        FROM "numbers"
        WHERE "numbers"."id" = $4"#,
    )
    .mysql_and_mariadb(
        r#"SELECT abs(`numbers`.`real`), floor(`numbers`.`real`), ceil(`numbers`.`real`), (truncate(`numbers`.`real`
        * ?, 0) + CASE WHEN abs((`numbers`.`real` * ?) - truncate(`numbers`.`real` * ?, 0)) >= 0.5 THEN
        sign(`numbers`.`real` * ?) ELSE 0 END), abs(`numbers`.`small`), `numbers`.`int`, `numbers`.`big`,
        CAST(floor(CAST(? AS FLOAT)) AS FLOAT), CAST(ceil(CAST(? AS FLOAT)) AS FLOAT)
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT abs("numbers"."real"), CASE WHEN ("numbers"."real") BETWEEN -9e15 AND 9e15 THEN
        CAST(CAST("numbers"."real" AS INTEGER) - (("numbers"."real") < CAST("numbers"."real" AS INTEGER)) AS
        REAL) ELSE "numbers"."real" END, CASE WHEN ("numbers"."real") BETWEEN -9e15 AND 9e15 THEN
        CAST(CAST("numbers"."real" AS INTEGER) + (("numbers"."real") > CAST("numbers"."real" AS INTEGER)) AS
        REAL) ELSE "numbers"."real" END, CASE WHEN ("numbers"."real" * ?1) BETWEEN -9e15 AND 9e15 THEN
        CAST(CAST("numbers"."real" * ?1 AS INTEGER) + (abs(("numbers"."real" * ?1) - CAST("numbers"."real" * ?1
        AS INTEGER)) >= 0.5) * sign("numbers"."real" * ?1) AS REAL) ELSE "numbers"."real" * ?1 END,
        abs("numbers"."small"), "numbers"."int", "numbers"."big", CAST(CASE WHEN (?2) BETWEEN -9e15 AND 9e15 THEN
        CAST(CAST(?2 AS INTEGER) - ((?2) < CAST(?2 AS INTEGER)) AS REAL) ELSE ?2 END AS REAL), CAST(CASE WHEN
        (?3) BETWEEN -9e15 AND 9e15 THEN CAST(CAST(?3 AS INTEGER) + ((?3) > CAST(?3 AS INTEGER)) AS REAL) ELSE ?3
        END AS REAL)
        FROM "numbers"
        WHERE "numbers"."id" = ?4"#,
    )
    .gives((1, 0.5), [((1.5, 1.0, 2.0, 6.0), (7, Some(10), 9_000_000_000i64), (0.0, 1.0))])
    .again((2, -7.25), [((2.5, -3.0, -2.0, -10.0), (7, None::<i32>, 2), (-8.0, -7.0))]);
}
