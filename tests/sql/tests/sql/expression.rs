//! Expressions of every type: comparison, NULL, CASE, casts, arithmetic.

use relvar_sql_tests::prelude::*;

#[test]
fn comparisons() {
    query(|(id, age): (i64, i32)| {
        User::query().filter(|u| u.id.eq(id)).select(|u| {
            let tests = (u.age.eq(age), u.age.ne(age), u.age.lt(age), u.age.lte(age), u.age.gt(age), u.age.gte(age));
            (tests.0, tests.1, tests.2, tests.3, tests.4, tests.5)
        })
    })
    .postgres(
        r#"SELECT "users"."age" = $1, "users"."age" <> $2, "users"."age" < $3, "users"."age" <= $4, "users"."age" >
        $5, "users"."age" >= $6
        FROM "users"
        WHERE "users"."id" = $7"#,
    )
    .sqlite(
        r#"SELECT "users"."age" = ?1, "users"."age" <> ?2, "users"."age" < ?3, "users"."age" <= ?4, "users"."age" >
        ?5, "users"."age" >= ?6
        FROM "users"
        WHERE "users"."id" = ?7"#,
    )
    .gives((1, 31), [(Some(true), Some(false), Some(false), Some(true), Some(false), Some(true))])
    .again((3, 5), [(None::<bool>, None::<bool>, None::<bool>, None::<bool>, None::<bool>, None::<bool>)]);
}

#[test]
fn between() {
    query(|(low, high): (i32, i32)| {
        User::query().filter(|u| u.age.between(low, high)).order_by(|u| u.id.asc()).select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."age" >= $1 AND "users"."age" <= $2
        ORDER BY "users"."id" ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."age" >= ?1 AND "users"."age" <= ?2
        ORDER BY "users"."id" ASC"#,
    )
    .gives((31, 40), [1, 4])
    .again((40, 31), [0; 0]);
}

#[test]
fn between_is_one_operand_of_not() {
    query(|(low, high): (i32, i32)| User::query().filter(|u| !u.age.between(low, high) & u.active).select(|u| u.id))
        .postgres(
            r#"SELECT "users"."id"
        FROM "users"
        WHERE (NOT ("users"."age" >= $1 AND "users"."age" <= $2)) AND "users"."active""#,
        )
        .sqlite(
            r#"SELECT "users"."id"
        FROM "users"
        WHERE (NOT ("users"."age" >= ?1 AND "users"."age" <= ?2)) AND "users"."active""#,
        )
        .gives((32, 40), [1, 4])
        .again((31, 40), [0; 0]);
}

#[test]
fn is_null_and_is_not_null() {
    query(|id: i64| {
        User::query()
            .filter(|u| u.bio.is_null() & u.age.is_not_null() & u.id.ne(id))
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."bio" IS NULL AND "users"."age" IS NOT NULL AND "users"."id" <> $1
        ORDER BY "users"."id" ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."bio" IS NULL AND "users"."age" IS NOT NULL AND "users"."id" <> ?1
        ORDER BY "users"."id" ASC"#,
    )
    .gives(2, [4])
    .again(4, [2]);
}

#[test]
fn is_true_and_is_not_true_of_null() {
    query(|id: i64| {
        Number::query()
            .filter(|n| n.id.gte(id))
            .order_by(|n| n.id.asc())
            .select(|n| (n.flag, n.flag.is_true(), n.flag.is_not_true()))
    })
    .postgres(
        r#"SELECT "numbers"."flag", "numbers"."flag" IS TRUE, "numbers"."flag" IS NOT TRUE
        FROM "numbers"
        WHERE "numbers"."id" >= $1
        ORDER BY "numbers"."id" ASC"#,
    )
    .sqlite(
        r#"SELECT "numbers"."flag", "numbers"."flag" IS TRUE, "numbers"."flag" IS NOT TRUE
        FROM "numbers"
        WHERE "numbers"."id" >= ?1
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives(1, [(Some(true), true, false), (None, false, true), (Some(false), false, true), (Some(true), true, false)])
    .again(4, [(Some(true), true, false)]);
}

#[test]
fn is_distinct_from_a_value() {
    query(|age: Option<i32>| {
        User::query().filter(|u| u.age.is_distinct_from(age)).order_by(|u| u.id.asc()).select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."age" IS DISTINCT
        FROM $1
        ORDER BY "users"."id" ASC"#,
    )
    .sqlite(r#"SELECT "users"."id" FROM "users" WHERE "users"."age" IS NOT ?1 ORDER BY "users"."id" ASC"#)
    .gives(Some(31), [2, 3])
    .again(None, [1, 2, 4]);
}

#[test]
fn is_not_distinct_from_another_column() {
    query(|id: i64| {
        Comment::query()
            .filter(|c| c.author_id.is_not_distinct_from(c.parent_id) | c.id.eq(id))
            .order_by(|c| c.id.asc())
            .select(|c| c.id)
    })
    .postgres(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE ("comments"."author_id" IS NOT DISTINCT FROM "comments"."parent_id") OR "comments"."id" = $1
        ORDER BY "comments"."id" ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE "comments"."author_id" IS "comments"."parent_id" OR "comments"."id" = ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(1, [1])
    .again(3, [3]);
}

#[test]
fn coalesce() {
    query(|(id, age, bio): (i64, i32, &str)| {
        User::query()
            .filter(|u| u.id.gte(id))
            .order_by(|u| u.id.asc())
            .select(|u| (u.age.coalesce(age), u.bio.coalesce(bio), u.bio.coalesce(u.bio).coalesce(u.name)))
    })
    .postgres(
        r#"SELECT coalesce("users"."age", $1), coalesce("users"."bio", $2), coalesce(coalesce("users"."bio",
        "users"."bio"), "users"."name")
        FROM "users"
        WHERE "users"."id" >= $3
        ORDER BY "users"."id" ASC"#,
    )
    .sqlite(
        r#"SELECT coalesce("users"."age", ?1), coalesce("users"."bio", ?2), coalesce(coalesce("users"."bio",
        "users"."bio"), "users"."name")
        FROM "users"
        WHERE "users"."id" >= ?3
        ORDER BY "users"."id" ASC"#,
    )
    .gives((3, 1, "none"), [(1, "snake_case \\ slash", "snake_case \\ slash"), (31, "none", "Dan O'Hara")])
    .again((4, 2, "?"), [(31, "?", "Dan O'Hara")]);
}

#[test]
fn null_if() {
    query(|age: i32| User::query().order_by(|u| u.id.asc()).select(|u| u.age.null_if(age)))
        .postgres(r#"SELECT nullif("users"."age", $1) FROM "users" ORDER BY "users"."id" ASC"#)
        .sqlite(r#"SELECT nullif("users"."age", ?1) FROM "users" ORDER BY "users"."id" ASC"#)
        .gives(31, [None, Some(45), None, None])
        .again(45, [Some(31), None, None, Some(31)]);
}

#[test]
fn greatest_and_least() {
    query(|(id, bound): (i64, i64)| {
        Number::query()
            .filter(|n| n.id.gte(id))
            .order_by(|n| n.id.asc())
            .select(|n| (greatest(n.big, bound), least(n.big, bound), greatest(n.id, n.big)))
    })
    .postgres(
        r#"SELECT greatest("numbers"."big", $1), least("numbers"."big", $2), greatest("numbers"."id",
        "numbers"."big")
        FROM "numbers"
        WHERE "numbers"."id" >= $3
        ORDER BY "numbers"."id" ASC"#,
    )
    .sqlite(
        r#"SELECT max("numbers"."big", ?1), min("numbers"."big", ?2), max("numbers"."id", "numbers"."big")
        FROM "numbers"
        WHERE "numbers"."id" >= ?3
        ORDER BY "numbers"."id" ASC"#,
    )
    .gives((3, 0), [(0, -5, 3), (100, 0, 100)])
    .again((4, 200), [(200, 100, 100)]);
}

#[test]
fn case_with_otherwise() {
    query(|(low, high): (i32, i32)| {
        User::query()
            .order_by(|u| u.id.asc())
            .select(|u| case().when(u.age.lt(low), "young").when(u.age.gt(high), u.name).otherwise("between"))
    })
    .postgres(
        r#"SELECT CASE WHEN "users"."age" < $1 THEN $2 WHEN "users"."age" > $3 THEN "users"."name" ELSE $4 END
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN "users"."age" < ?1 THEN ?2 WHEN "users"."age" > ?3 THEN "users"."name" ELSE ?4 END
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .gives((40, 44), ["young", "Bob", "between", "young"])
    .again((20, 30), ["Ann", "Bob", "between", "Dan O'Hara"]);
}

#[test]
fn case_without_otherwise() {
    query(|age: i32| {
        User::query().order_by(|u| u.id.asc()).select(|u| case().when(u.age.gt(age), u.id).when(u.active, 0).end())
    })
    .postgres(
        r#"SELECT CASE WHEN "users"."age" > $1 THEN "users"."id" WHEN "users"."active" THEN $2 END
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN "users"."age" > ?1 THEN "users"."id" WHEN "users"."active" THEN ?2 END
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .gives(40, [Some(0), Some(2), Some(0), Some(0)])
    .again(45, [Some(0), None, Some(0), Some(0)]);
}

#[test]
fn case_in_order_by_and_filter() {
    query(|first: &str| {
        User::query()
            .filter(|u| case().when(u.active, u.id).otherwise(0i64).gt(0))
            .order_by(|u| (case().when(u.name.eq(first), 0i64).otherwise(1i64).asc(), u.id.asc()))
            .select(|u| u.name)
    })
    .postgres(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE CASE WHEN "users"."active" THEN "users"."id" ELSE $1 END > $2
        ORDER BY CASE WHEN "users"."name" = $3 THEN $4 ELSE $5 END ASC, "users"."id" ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE CASE WHEN "users"."active" THEN "users"."id" ELSE ?1 END > ?2
        ORDER BY CASE WHEN "users"."name" = ?3 THEN ?4 ELSE ?5 END ASC, "users"."id" ASC"#,
    )
    .gives("Zoë", ["Zoë", "Ann", "Dan O'Hara"])
    .again("", ["Ann", "Zoë", "Dan O'Hara"]);
}

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
fn an_enum_is_compared_as_its_own_type() {
    query(|(kind, others): (SeatKind, [SeatKind; 2])| {
        Seat::query().filter(|s| s.kind.eq(kind) & s.kind.in_list(others)).order_by(|s| s.id.asc()).select(|s| s.id)
    })
    .postgres(
        r#"SELECT "seats"."id"
        FROM "seats"
        WHERE "seats"."kind" = CAST($1 AS seat_kind) AND "seats"."kind" = ANY(CAST($2 AS seat_kind[]))
        ORDER BY "seats"."id" ASC"#,
    )
    .sqlite(
        r#"SELECT "seats"."id"
        FROM "seats"
        WHERE "seats"."kind" = ?1 AND "seats"."kind" IN (?2, ?3)
        ORDER BY "seats"."id" ASC"#,
    )
    .gives((SeatKind::Window, [SeatKind::Window, SeatKind::Aisle]), [1, 3])
    .again((SeatKind::Aisle, [SeatKind::Aisle, SeatKind::Aisle]), [2]);
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
    .sqlite(DoesNotCompile)
    .gives(decimal("0.1"), [(Some(decimal("1.025")), Some(decimal("10.15")), Some(decimal("-10.25")))])
    .again(decimal("10.25"), [(); 0]);
}

#[test]
fn a_decimal_that_need_not_be_exact() {
    query(|least: f64| {
        Number::query()
            .filter(|n| n.exact.lossy().gt(least))
            .order_by(|n| (n.exact.lossy().asc(), n.id.asc()))
            .select(|n| (n.id, n.exact))
    })
    .postgres(
        r#"SELECT "numbers"."id", "numbers"."exact"
        FROM "numbers"
        WHERE CAST("numbers"."exact" AS double precision) > $1
        ORDER BY CAST("numbers"."exact" AS double precision) ASC, "numbers"."id" ASC"#,
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
    .postgres(r#"SELECT "numbers"."id" FROM "numbers" WHERE "numbers"."exact" = 5 AND "numbers"."id" >= $1"#)
    .sqlite(r#"SELECT "numbers"."id" FROM "numbers" WHERE "numbers"."exact" = 5 AND "numbers"."id" >= ?1"#)
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
        r#"SELECT -(-("counters"."hits")), -($1), "counters"."hits" - (-2), CAST(-((-3)) AS bigint)
            FROM "counters""#,
    )
    .sqlite(
        r#"SELECT -(-("counters"."hits")), -(?1), "counters"."hits" - (-2), CASE typeof(-((-3))) WHEN 'real'
            THEN CAST(round(-((-3))) AS INTEGER) ELSE CAST(-((-3)) AS INTEGER) END
            FROM "counters""#,
    )
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
        r#"SELECT abs("numbers"."real"), floor("numbers"."real"), ceil("numbers"."real"), round("numbers"."real" *
        $1), abs("numbers"."small"), "numbers"."int", "numbers"."big", CAST(floor($2) AS real), CAST(ceil($3) AS
        real)
        FROM "numbers"
        WHERE "numbers"."id" = $4"#,
    )
    .sqlite(
        r#"SELECT abs("numbers"."real"), CASE WHEN ("numbers"."real") BETWEEN -9e15
        AND 9e15 THEN CAST("numbers"."real" AS INTEGER) - (("numbers"."real") < CAST("numbers"."real" AS
        INTEGER)) ELSE "numbers"."real" END, CASE WHEN ("numbers"."real") BETWEEN -9e15
        AND 9e15 THEN CAST("numbers"."real" AS INTEGER) + (("numbers"."real") > CAST("numbers"."real" AS
        INTEGER)) ELSE "numbers"."real" END, round("numbers"."real" * ?1), abs("numbers"."small"),
        "numbers"."int", "numbers"."big", CAST(CASE WHEN (?2) BETWEEN -9e15 AND 9e15 THEN CAST(?2 AS INTEGER) -
        ((?2) < CAST(?2 AS INTEGER)) ELSE ?2 END AS REAL), CAST(CASE WHEN (?3) BETWEEN -9e15 AND 9e15 THEN
        CAST(?3 AS INTEGER) + ((?3) > CAST(?3 AS INTEGER)) ELSE ?3 END AS REAL)
        FROM "numbers"
        WHERE "numbers"."id" = ?4"#,
    )
    .gives((1, 0.5), [((1.5, 1.0, 2.0, 6.0), (7, Some(10), 9_000_000_000i64), (0.0, 1.0))])
    .again((2, -7.25), [((2.5, -3.0, -2.0, -10.0), (7, None::<i32>, 2), (-8.0, -7.0))]);
}

#[test]
fn an_expression_used_twice_binds_its_argument_once() {
    query(|add: i64| {
        Counter::query().filter(|c| (c.hits + add).gt(0)).select(move |c| {
            let sum = c.hits + add;
            (sum.clone(), sum.clone() * sum)
        })
    })
    .postgres(
        r#"SELECT "counters"."hits" + $1, ("counters"."hits" + $1) * ("counters"."hits" + $1)
        FROM "counters"
        WHERE "counters"."hits" + $2 > $3"#,
    )
    .sqlite(
        r#"SELECT "counters"."hits" + ?1, ("counters"."hits" + ?1) * ("counters"."hits" + ?1)
        FROM "counters"
        WHERE "counters"."hits" + ?2 > ?3"#,
    )
    .gives(1, [(6, 36)])
    .again(-1, [(4, 16)]);
}

#[test]
fn branches_that_differ_in_nullness() {
    query(|(by_age, id): (bool, i64)| {
        User::query().filter(|u| u.id.eq(id)).select(move |u| match by_age {
            true => u.age.cast::<i64>(),
            false => u.id.nullable(),
        })
    })
    .postgres(r#"SELECT CAST("users"."age" AS bigint) FROM "users" WHERE "users"."id" = $1"#)
    .sqlite(
        r#"SELECT CASE typeof("users"."age") WHEN 'real' THEN CAST(round("users"."age") AS INTEGER) ELSE
        CAST("users"."age" AS INTEGER) END
        FROM "users"
        WHERE "users"."id" = ?1"#,
    )
    .gives((true, 1), [Some(31)])
    .again((true, 3), [None::<i64>]);
}
