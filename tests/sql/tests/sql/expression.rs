//! Expressions of every type: comparison, NULL, CASE, enums.

mod rows;

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
    .mysql_and_mariadb(
        r#"SELECT `users`.`age` = ?, `users`.`age` <> ?, `users`.`age` < ?, `users`.`age` <= ?, `users`.`age` > ?,
        `users`.`age` >= ?
        FROM `users`
        WHERE `users`.`id` = ?"#,
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
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`
        FROM `users`
        WHERE `users`.`age` >= ? AND `users`.`age` <= ?
        ORDER BY `users`.`id` ASC"#,
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
        .mysql_and_mariadb(
            r#"SELECT `users`.`id`
        FROM `users`
        WHERE (NOT (`users`.`age` >= ? AND `users`.`age` <= ?)) AND `users`.`active`"#,
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
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`
        FROM `users`
        WHERE `users`.`bio` IS NULL AND `users`.`age` IS NOT NULL AND `users`.`id` <> ?
        ORDER BY `users`.`id` ASC"#,
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
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`flag`, `numbers`.`flag` IS TRUE, `numbers`.`flag` IS NOT TRUE
        FROM `numbers`
        WHERE `numbers`.`id` >= ?
        ORDER BY `numbers`.`id` ASC"#,
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
    .mysql_and_mariadb(
        r#"SELECT `users`.`id` FROM `users` WHERE (NOT (`users`.`age` <=> ?)) ORDER BY `users`.`id` ASC"#,
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
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id`
        FROM `comments`
        WHERE (`comments`.`author_id` <=> `comments`.`parent_id`) OR `comments`.`id` = ?
        ORDER BY `comments`.`id` ASC"#,
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
    .mysql_and_mariadb(
        r#"SELECT coalesce(`users`.`age`, ?), coalesce(`users`.`bio`, ?), coalesce(coalesce(`users`.`bio`,
        `users`.`bio`), `users`.`name`)
        FROM `users`
        WHERE `users`.`id` >= ?
        ORDER BY `users`.`id` ASC"#,
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
        .mysql_and_mariadb(r#"SELECT nullif(`users`.`age`, ?) FROM `users` ORDER BY `users`.`id` ASC"#)
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
    .mysql_and_mariadb(
        r#"SELECT greatest(`numbers`.`big`, ?), least(`numbers`.`big`, ?), greatest(`numbers`.`id`, `numbers`.`big`)
        FROM `numbers`
        WHERE `numbers`.`id` >= ?
        ORDER BY `numbers`.`id` ASC"#,
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
    .mysql_and_mariadb(
        r#"SELECT CASE WHEN `users`.`age` < ? THEN ? WHEN `users`.`age` > ? THEN `users`.`name` ELSE ? END
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
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
    .mysql_and_mariadb(
        r#"SELECT CASE WHEN `users`.`age` > ? THEN `users`.`id` WHEN `users`.`active` THEN ? END
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
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
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`
        FROM `users`
        WHERE CASE WHEN `users`.`active` THEN `users`.`id` ELSE ? END > ?
        ORDER BY CASE WHEN `users`.`name` = ? THEN CAST(? AS SIGNED) ELSE ? END ASC, `users`.`id` ASC"#,
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
    .mysql_and_mariadb(
        r#"SELECT `seats`.`id`
        FROM `seats`
        WHERE `seats`.`kind` = ? AND `seats`.`kind` IN (?, ?)
        ORDER BY `seats`.`id` ASC"#,
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
    .mysql_and_mariadb(
        r#"SELECT `counters`.`hits` + ?, (`counters`.`hits` + ?) * (`counters`.`hits` + ?)
        FROM `counters`
        WHERE `counters`.`hits` + ? > ?"#,
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
    .mysql_and_mariadb(r#"SELECT CAST(`users`.`age` AS SIGNED) FROM `users` WHERE `users`.`id` = ?"#)
    .sqlite(
        r#"SELECT CASE typeof("users"."age") WHEN 'real' THEN CAST(round("users"."age") AS INTEGER) ELSE
        CAST("users"."age" AS INTEGER) END
        FROM "users"
        WHERE "users"."id" = ?1"#,
    )
    .gives((true, 1), [Some(31)])
    .again((true, 3), [None::<i64>]);
}

#[test]
fn an_expression_for_fewer_databases_than_its_table() {
    query(|word: &str| {
        User::query()
            .only_on::<Postgres>()
            .filter(|u| u.name.only_on::<Postgres>().ilike(contains(word)) & u.active)
            .order_by(|u| u.id.asc())
            .select(|u| u.name)
    })
    .postgres(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE ("users"."name" ILIKE $1 ESCAPE E'\\') AND "users"."active"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("AN", ["Ann", "Dan O'Hara"])
    .again("zO", ["Zoë"]);
}
