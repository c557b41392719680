//! The bits of integers: of either sign and of every width the same on all databases.

use relvar_sql_tests::prelude::*;

#[test]
fn bits_of_columns() {
    query(|mask: i16| {
        Number::query().filter(|n| n.id.lte(3)).order_by(|n| n.id.asc()).select(|n| {
            (n.small.bit_and(mask), n.small.bit_or(mask), n.small.bit_xor(mask), n.small.bit_not(), n.int.bit_and(6))
        })
    })
    .postgres(
        r#"SELECT "numbers"."small" & $1, "numbers"."small" | $2, "numbers"."small" # $3, (~("numbers"."small")),
        "numbers"."int" & $4
        FROM "numbers"
        WHERE "numbers"."id" <= $5
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(`numbers`.`small` & ? AS SIGNED), CAST(`numbers`.`small` | ? AS SIGNED),
        CAST(`numbers`.`small` ^ ? AS SIGNED), CAST(~(`numbers`.`small`) AS SIGNED), CAST(`numbers`.`int` & ? AS
        SIGNED)
        FROM `numbers`
        WHERE `numbers`.`id` <= ?
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "numbers"."small" & ?1, "numbers"."small" | ?2, (("numbers"."small" | ?3) - ("numbers"."small" &
        ?3)), (~("numbers"."small")), "numbers"."int" & ?4
        FROM "numbers"
        WHERE "numbers"."id" <= ?5
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives(3, [(3, 7, 4, -8, Some(2)), (1, -5, -6, 6, None), (0, 3, 3, -1, Some(4))])
    .again(-2, [(6, -1, -7, -8, Some(2)), (-8, -1, 7, 6, None), (0, -2, -2, -1, Some(4))]);
}

#[test]
fn bits_of_values() {
    query(|(one, other): (i64, i64)| {
        Number::query().filter(|n| n.id.eq(1)).select(|_| {
            (
                value(one).bit_and(value(other)),
                value(one).bit_or(other),
                value(one).bit_xor(other),
                value(one).bit_not(),
                constant(-6i64).bit_xor(constant(3i64)),
            )
        })
    })
    .postgres(
        r#"SELECT $1 & $2, $3 | $4, $5 # $6, (~($7)), CAST((-6) AS bigint) # CAST(3 AS bigint)
        FROM "numbers"
        WHERE "numbers"."id" = $8"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(CAST(? AS SIGNED) & CAST(? AS SIGNED) AS SIGNED), CAST(CAST(? AS SIGNED) | CAST(? AS SIGNED)
        AS SIGNED), CAST(CAST(? AS SIGNED) ^ CAST(? AS SIGNED) AS SIGNED), CAST(~(CAST(? AS SIGNED)) AS SIGNED),
        CAST(CAST((-6) AS SIGNED) ^ CAST(3 AS SIGNED) AS SIGNED)
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT ?1 & ?2, ?3 | ?4, ((?5 | ?6) - (?5 & ?6)), (~(?7)), (((-6) | 3) - ((-6) & 3))
        FROM "numbers"
        WHERE "numbers"."id" = ?8"#,
    )
    .gives((i64::MIN, -1), [(i64::MIN, -1, i64::MAX, i64::MAX, -7)])
    .again((i64::MAX, i64::MIN), [(0, -1, -1, i64::MIN, -7)]);
}

#[test]
fn bits_keep_their_parentheses() {
    query(|mask: i64| {
        Number::query()
            .filter(|n| {
                (n.big + 1).bit_and(mask).eq(0) | n.big.bit_and(mask).bit_or(8).bit_xor(1).lt(n.big.bit_not() * 2 - 1)
            })
            .filter(|n| (-n.big.bit_not() - n.big).eq(1))
            .order_by(|n| n.big.bit_and(3).desc())
            .order_by(|n| n.id.asc())
            .select(|n| (n.id, 1 + n.big.bit_or(1) * 2))
    })
    .postgres(
        r#"SELECT "numbers"."id", $1 + (("numbers"."big" | $2) * $3)
        FROM "numbers"
        WHERE ((("numbers"."big" + $4) & $5) = $6 OR ((("numbers"."big" & $7) | $8) # $9) < ((~("numbers"."big"))
        * $10) - $11) AND (-((~("numbers"."big")))) - "numbers"."big" = $12
        ORDER BY "numbers"."big" & $13 DESC, "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`id`, ? + (CAST(`numbers`.`big` | ? AS SIGNED) * ?)
        FROM `numbers`
        WHERE (CAST((`numbers`.`big` + ?) & ? AS SIGNED) = ? OR CAST(CAST(CAST(`numbers`.`big` & ? AS SIGNED) | ?
        AS SIGNED) ^ ? AS SIGNED) < (CAST(~(`numbers`.`big`) AS SIGNED) * ?) - ?) AND (-(CAST(~(`numbers`.`big`)
        AS SIGNED))) - `numbers`.`big` = ?
        ORDER BY CAST(`numbers`.`big` & ? AS SIGNED) DESC, `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "numbers"."id", ?1 + (("numbers"."big" | ?2) * ?3)
        FROM "numbers"
        WHERE ((("numbers"."big" + ?4) & ?5) = ?6 OR (((("numbers"."big" & ?7) | ?8) | ?9) - ((("numbers"."big" &
        ?7) | ?8) & ?9)) < ((~("numbers"."big")) * ?10) - ?11) AND (-((~("numbers"."big")))) - "numbers"."big" =
        ?12
        ORDER BY "numbers"."big" & ?13 DESC, "numbers"."id" ASC"#,
    )
    .gives(1, [(3, -9i64)])
    .again(0, [(3, -9i64), (2, 7), (1, 18_000_000_003), (4, 203)]);
}

#[test]
fn shifts() {
    query(|places: i32| {
        Number::query().filter(|n| n.id.lte(3)).order_by(|n| n.id.asc()).select(|n| {
            (
                n.small.shift_left(places),
                n.small.shift_right(places),
                n.int.shift_left(places).shift_right(places),
                n.big.shift_right(n.small.cast::<i32>()),
            )
        })
    })
    .postgres(
        r#"SELECT (CAST("numbers"."small" AS bigint) << ($1 & 63)), (CAST("numbers"."small" AS bigint) >> ($2 &
        63)), (CAST((CAST("numbers"."int" AS bigint) << ($3 & 63)) AS bigint) >> ($4 & 63)),
        (CAST("numbers"."big" AS bigint) >> (CAST("numbers"."small" AS integer) & 63))
        FROM "numbers"
        WHERE "numbers"."id" <= $5
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(`numbers`.`small` << (? & 63) AS SIGNED), CAST((`numbers`.`small` >> (? & 63)) |
        (-(`numbers`.`small` < 0) << (64 - (? & 63))) AS SIGNED), CAST((CAST(`numbers`.`int` << (? & 63) AS
        SIGNED) >> (? & 63)) | (-(CAST(`numbers`.`int` << (? & 63) AS SIGNED) < 0) << (64 - (? & 63))) AS
        SIGNED), CAST((`numbers`.`big` >> (CAST(`numbers`.`small` AS SIGNED) & 63)) | (-(`numbers`.`big` < 0) <<
        (64 - (CAST(`numbers`.`small` AS SIGNED) & 63))) AS SIGNED)
        FROM `numbers`
        WHERE `numbers`.`id` <= ?
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT ("numbers"."small" << (?1 & 63)), ("numbers"."small" >> (?2 & 63)), (("numbers"."int" << (?3 &
        63)) >> (?4 & 63)), ("numbers"."big" >> (CASE typeof("numbers"."small") WHEN 'real' THEN
        CAST(round("numbers"."small") AS INTEGER) ELSE CAST("numbers"."small" AS INTEGER) END & 63))
        FROM "numbers"
        WHERE "numbers"."id" <= ?5
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives(0, [(7, 7, Some(10), 70_312_500), (-7, -7, None, 0), (0, 0, Some(-3), -5)])
    .again(
        62,
        [
            (-4_611_686_018_427_387_904i64, 0, Some(-2), 70_312_500),
            (4_611_686_018_427_387_904i64, -1, None, 0),
            (0, 0, Some(1), -5),
        ],
    );
}

#[test]
fn shifts_by_any_number_of_places() {
    let far = [
        ((-8, 0), (-8, -8)),
        ((-8, 63), (0, -1)),
        ((-8, 64), (-8, -8)),
        ((-8, -1), (0, -1)),
        ((i64::MIN, 1), (0, i64::MIN / 2)),
        ((i64::MAX, 62), (i64::MIN / 2, 1)),
    ];
    for (given, shifted) in far {
        query(|(number, places): (i64, i32)| {
            let shifted = (value(number).shift_left(places), value(number).shift_right(value(places)));
            Number::query().filter(|n| n.id.eq(1)).select(|_| shifted)
        })
        .postgres(
            r#"SELECT (CAST($1 AS bigint) << ($2 & 63)), (CAST($3 AS bigint) >> ($4 & 63))
        FROM "numbers"
        WHERE "numbers"."id" = $5"#,
        )
        .mysql_and_mariadb(
            r#"SELECT CAST(CAST(? AS SIGNED) << (CAST(? AS SIGNED) & 63) AS SIGNED), CAST((CAST(? AS SIGNED) >> (CAST(?
        AS SIGNED) & 63)) | (-(CAST(? AS SIGNED) < 0) << (64 - (CAST(? AS SIGNED) & 63))) AS SIGNED)
        FROM `numbers`
        WHERE `numbers`.`id` = ?"#,
        )
        .sqlite(r#"SELECT (?1 << (?2 & 63)), (?3 >> (?4 & 63)) FROM "numbers" WHERE "numbers"."id" = ?5"#)
        .gives((-8, 1), [(-16, -4)])
        .again(given, [shifted]);
    }
}
