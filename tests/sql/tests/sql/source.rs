//! Sources that are no tables: VALUES, functions that give rows; and tables read in part or by certain indexes.

mod documents;

use relvar::query::ir::SampleMethod;
use relvar::query::source::{IndexHandle, generate_series_by, unnest_both};
use relvar_sql_tests::prelude::*;

/// `users` where there are index hints.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", dialect = (MySql, MariaDb))]
struct Hinted {
    #[column(primary_key)]
    id: i64,
    #[column(len = 200)]
    name: String,
}

#[test]
fn values_are_joined() {
    query(|(one, two): (&str, &str)| {
        let grades = values([(1i64, one.to_owned(), Some(0.5)), (3, two.to_owned(), None)]);
        User::query()
            .join(grades, |u, g| u.id.eq(g.0))
            .order_by(|(u, _)| u.id.asc())
            .select(|(u, g)| (u.name, g.1, g.2, g.0 + 1))
    })
    .postgres(
        r#"SELECT "users"."name", "listed"."c1", "listed"."c2", "listed"."c0" + $1
        FROM "users" INNER
        JOIN (VALUES ($2, $3, $4), ($5, $6, $7)) AS "listed" ("c0", "c1", "c2") ON "users"."id" =
        "listed"."c0"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `users`.`name`, `listed`.`c1`, `listed`.`c2`, `listed`.`c0` + ?
        FROM `users` INNER
        JOIN (VALUES ROW(CAST(? AS SIGNED), CAST(? AS CHAR), CAST(? AS DOUBLE)), ROW(CAST(? AS SIGNED),
        CAST(? AS CHAR), CAST(? AS DOUBLE))) AS `listed` (`c0`, `c1`, `c2`) ON `users`.`id` = `listed`.`c0`
        ORDER BY `users`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT `users`.`name`, `listed`.`c1`, `listed`.`c2`, `listed`.`c0` + ?
        FROM `users` INNER
        JOIN (SELECT CAST(? AS SIGNED) AS `c0`, CAST(? AS CHAR) AS `c1`, CAST(? AS DOUBLE) AS `c2` UNION ALL
        SELECT CAST(? AS SIGNED), CAST(? AS CHAR), CAST(? AS DOUBLE)) AS `listed` ON `users`.`id` =
        `listed`.`c0`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name", "listed"."c1", "listed"."c2", "listed"."c0" + ?1
        FROM "users" INNER
        JOIN (SELECT column1 AS "c0", column2 AS "c1", column3 AS "c2" FROM (VALUES (?2, ?3, ?4), (?5, ?6,
        ?7))) AS "listed" ON "users"."id" = "listed"."c0"
        ORDER BY "users"."id" ASC"#,
    )
    .gives(("good", "bad"), [("Ann", "good", Some(0.5), 2), ("Zoë", "bad", None, 4)])
    .again(("x", "it's"), [("Ann", "x", Some(0.5), 2), ("Zoë", "it's", None, 4)]);
}

#[test]
fn values_are_queried() {
    query(|(one, two): (i64, i64)| values([one, two]).query().filter(|v| v.0.gt(1)).order_by(|v| v.0.desc()))
        .postgres(
            r#"SELECT "listed"."c0"
        FROM (VALUES ($1), ($2)) AS "listed" ("c0")
        WHERE "listed"."c0" > $3
        ORDER BY "listed"."c0" DESC"#,
        )
        .mysql(
            r#"SELECT `listed`.`c0`
        FROM (VALUES ROW(CAST(? AS SIGNED)), ROW(CAST(? AS SIGNED))) AS `listed` (`c0`)
        WHERE `listed`.`c0` > ?
        ORDER BY `listed`.`c0` DESC"#,
        )
        .mariadb(
            r#"SELECT `listed`.`c0`
        FROM (SELECT CAST(? AS SIGNED) AS `c0` UNION ALL SELECT CAST(? AS SIGNED)) AS `listed`
        WHERE `listed`.`c0` > ?
        ORDER BY `listed`.`c0` DESC"#,
        )
        .sqlite(
            r#"SELECT "listed"."c0"
        FROM (SELECT column1 AS "c0" FROM (VALUES (?1), (?2))) AS "listed"
        WHERE "listed"."c0" > ?3
        ORDER BY "listed"."c0" DESC"#,
        )
        .gives((1, 2), [2])
        .again((5, 7), [7, 5]);
}

#[test]
fn unnest_of_a_column() {
    query(|id: i64| {
        Article::query()
            .cross_join_lateral(|a| unnest(a.tags).with_ordinality())
            .filter(|(a, _)| a.id.gte(id))
            .order_by(|(a, tag)| (a.id.asc(), tag.1.desc()))
            .select(|(a, tag)| (a.id, tag.0, tag.1))
    })
    .postgres(
        r#"SELECT "articles"."id", "unnest"."c0", "unnest"."c1"
        FROM "articles" CROSS
        JOIN unnest("articles"."tags") WITH ORDINALITY AS "unnest" ("c0", "c1")
        WHERE "articles"."id" >= $1
        ORDER BY "articles"."id" ASC, "unnest"."c1" DESC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [(1, "fast", 2), (1, "animal", 1), (2, "animal", 1)])
    .again(2, [(2, "animal", 1)]);
}

#[test]
fn unnest_of_a_column_that_may_be_empty() {
    query(|id: i64| {
        Article::query()
            .left_join_lateral(|a| unnest(a.scores), |_, score| score.0.gt(1))
            .filter(|(a, _)| a.id.gte(id))
            .order_by(|(a, score)| (a.id.asc(), score.0.asc()))
            .select(|(a, score)| (a.id, score.0))
    })
    .postgres(
        r#"SELECT "articles"."id", "unnest"."c0"
        FROM "articles"
        LEFT JOIN unnest("articles"."scores") AS "unnest" ("c0") ON "unnest"."c0" > $1
        WHERE "articles"."id" >= $2
        ORDER BY "articles"."id" ASC, "unnest"."c0" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [(1, Some(2)), (1, Some(3)), (2, None), (3, None)])
    .again(2, [(2, None::<i32>), (3, None)]);
}

#[test]
fn unnest_of_values() {
    query(|ids: Vec<i64>| {
        let both = unnest_both(value(ids), value(vec!["a".to_owned(), "b".to_owned()]));
        both.with_ordinality().query().order_by(|row| row.2.asc())
    })
    .postgres(
        r#"SELECT "unnest"."c0", "unnest"."c1", "unnest"."c2"
        FROM unnest($1, $2) WITH ORDINALITY AS "unnest" ("c0", "c1", "c2")
        ORDER BY "unnest"."c2" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(vec![7], [(Some(7), Some("a"), 1), (None, Some("b"), 2)])
    .again(vec![], [(None::<i64>, Some("a"), 1), (None, Some("b"), 2)]);
}

#[test]
fn series() {
    query(|(from, to): (i64, i64)| {
        generate_series(value(from), to)
            .query()
            .cross_join(generate_series_by(value(10i64), 0i64, -5i64))
            .order_by(|(a, b)| (a.0.asc(), b.0.desc()))
    })
    .postgres(
        r#"SELECT "series"."c0", "series_2"."c0"
        FROM generate_series($1, $2) AS "series" ("c0") CROSS
        JOIN generate_series($3, $4, $5) AS "series_2" ("c0")
        ORDER BY "series"."c0" ASC, "series_2"."c0" DESC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((1, 2), [(1, 10), (1, 5), (1, 0), (2, 10), (2, 5), (2, 0)])
    .again((3, 1), [(0, 0); 0]);
}

#[test]
fn series_of_times() {
    query(|hours: i64| {
        generate_times(value(at("2026-01-01T00:00:00Z")), at("2026-01-02T00:00:00Z"), Interval::hours(hours))
            .query()
            .order_by(|time| time.0.asc())
    })
    .postgres(
        r#"SELECT "series"."c0"
        FROM generate_series($1, $2, $3 * interval '1 microsecond') AS "series" ("c0")
        ORDER BY "series"."c0" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(12, ["2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z", "2026-01-02T00:00:00Z"].map(at))
    .again(20, ["2026-01-01T00:00:00Z", "2026-01-01T20:00:00Z"].map(at));
}

#[test]
fn elements_of_json() {
    query(|(one, two): (&str, i64)| {
        let texts = Json(vec![Some(one.to_owned()), None]);
        let numbers = Json(vec![two, 2]);
        let floats = Json(vec![0.5, 2.0]);
        json_elements(value(texts))
            .query()
            .cross_join(json_elements(value(numbers)))
            .cross_join(json_elements(value(floats)))
            .filter(|(text, _, float)| text.0.is_not_null() & float.0.gt(1.0))
            .order_by(|(_, number, _)| number.0.asc())
            .select(|(text, number, float)| (text.0, number.0, float.0))
    })
    .postgres(
        r#"SELECT "elements"."value", "elements_2"."value", "elements_3"."value"
        FROM jsonb_array_elements_text($1) AS "elements" ("value")
        CROSS JOIN LATERAL (SELECT CAST(element AS bigint) FROM jsonb_array_elements_text($2) AS listed
        (element)) AS "elements_2" ("value")
        CROSS JOIN LATERAL (SELECT CAST(element AS double precision) FROM jsonb_array_elements_text($3) AS listed
        (element)) AS "elements_3" ("value")
        WHERE "elements"."value" IS NOT NULL AND "elements_3"."value" > $4
        ORDER BY "elements_2"."value" ASC"#,
    )
    .mysql(
        r#"SELECT `elements`.`value`, `elements_2`.`value`, `elements_3`.`value`
        FROM JSON_TABLE(CAST(? AS JSON), '$[*]' COLUMNS (`value` TEXT PATH '$' ERROR ON ERROR)) AS `elements`
        CROSS JOIN JSON_TABLE(CAST(? AS JSON), '$[*]' COLUMNS (`value` BIGINT PATH '$' ERROR ON ERROR)) AS
        `elements_2`
        CROSS JOIN JSON_TABLE(CAST(? AS JSON), '$[*]' COLUMNS (`value` DOUBLE PATH '$' ERROR ON ERROR)) AS
        `elements_3`
        WHERE `elements`.`value` IS NOT NULL AND `elements_3`.`value` > ?
        ORDER BY `elements_2`.`value` ASC"#,
    )
    .mariadb(
        r#"SELECT `elements`.`value`, `elements_2`.`value`, `elements_3`.`value`
        FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` TEXT PATH '$' ERROR ON ERROR)) AS `elements`
        CROSS JOIN JSON_TABLE(?, '$[*]' COLUMNS (`value` BIGINT PATH '$' ERROR ON ERROR)) AS `elements_2`
        CROSS JOIN JSON_TABLE(?, '$[*]' COLUMNS (`value` DOUBLE PATH '$' ERROR ON ERROR)) AS `elements_3`
        WHERE `elements`.`value` IS NOT NULL AND `elements_3`.`value` > ?
        ORDER BY `elements_2`.`value` ASC"#,
    )
    .sqlite(
        r#"SELECT "elements"."value", "elements_2"."value", "elements_3"."value"
        FROM json_each(?1) AS "elements"
        CROSS JOIN json_each(?2) AS "elements_2"
        CROSS JOIN json_each(?3) AS "elements_3"
        WHERE "elements"."value" IS NOT NULL AND "elements_3"."value" > ?4
        ORDER BY "elements_2"."value" ASC"#,
    )
    .gives(("it's \"a\"", 1), [(Some("it's \"a\""), 1, 2.0), (Some("it's \"a\""), 2, 2.0)])
    .again(("é", 3), [(Some("é"), 2, 2.0), (Some("é"), 3, 2.0)]);
}

#[test]
fn a_sample() {
    query(|id: i64| {
        Article::table()
            .sample(SampleMethod::Bernoulli, 100.0)
            .query()
            .join(Article::table().sample_repeatable(SampleMethod::System, 100.0, 7.0), |a, b| a.id.eq(b.id))
            .filter(|(a, _)| a.id.gte(id))
            .order_by(|(a, _)| a.id.asc())
            .select(|(_, b)| b.title)
    })
    .postgres(
        r#"SELECT "articles_2"."title"
        FROM "articles" TABLESAMPLE BERNOULLI ($1) INNER
        JOIN "articles" AS "articles_2" TABLESAMPLE SYSTEM ($2) REPEATABLE ($3) ON "articles"."id" =
        "articles_2"."id"
        WHERE "articles"."id" >= $4
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(2, ["Lazy dogs", "Empty"])
    .again(3, ["Empty"]);
}

#[test]
fn index_hints() {
    const PRIMARY: IndexHandle<Hinted> = IndexHandle::new("PRIMARY", None);
    query(|id: i64| {
        Hinted::table()
            .force_index([PRIMARY])
            .query()
            .join(Hinted::table().use_index([PRIMARY]), |a, b| a.id.eq(b.id))
            .left_join(Hinted::table().ignore_index([PRIMARY]), |(_, b), c| b.id.eq(c.id))
            .filter(|(a, ..)| a.id.gte(id))
            .order_by(|(a, ..)| a.id.asc())
            .select(|(_, b, c)| (b.name, c.name))
    })
    .postgres(DoesNotCompile)
    .mysql_and_mariadb(
        r#"SELECT `users_2`.`name`, `users_3`.`name`
        FROM `users` FORCE INDEX (`PRIMARY`) INNER
        JOIN `users` AS `users_2` USE INDEX (`PRIMARY`) ON `users`.`id` = `users_2`.`id`
        LEFT JOIN `users` AS `users_3` IGNORE INDEX (`PRIMARY`) ON `users_2`.`id` = `users_3`.`id`
        WHERE `users`.`id` >= ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives(3, [("Zoë", Some("Zoë")), ("Dan O'Hara", Some("Dan O'Hara"))])
    .again(4, [("Dan O'Hara", Some("Dan O'Hara"))]);
}

#[test]
fn numbers_in_json_with_their_positions() {
    query(|(numbers, floats): (Vec<i64>, Vec<f64>)| {
        let numbers = json_elements(value(Json(numbers)).only_on::<Postgres>()).with_ordinality();
        let floats = json_elements(value(Json(floats)).only_on::<Postgres>()).with_ordinality();
        numbers.query().join(floats, |n, f| n.1.eq(f.1)).order_by(|(n, _)| n.1.desc()).select(|(n, f)| (n.0, n.1, f.0))
    })
    .postgres(
        r#"SELECT "elements"."c0", "elements"."c1", "elements_2"."c0"
        FROM LATERAL (SELECT CAST(element AS bigint), number FROM jsonb_array_elements_text($1) WITH ORDINALITY
        AS listed (element, number)) AS "elements" ("c0", "c1")
        INNER JOIN LATERAL (SELECT CAST(element AS double precision), number FROM jsonb_array_elements_text($2)
        WITH ORDINALITY AS listed (element, number)) AS "elements_2" ("c0", "c1") ON "elements"."c1" =
        "elements_2"."c1"
        ORDER BY "elements"."c1" DESC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((vec![7, 3], vec![0.5, 1.0]), [(3, 2, 1.0), (7, 1, 0.5)])
    .again((vec![1], vec![2.5, 1.0]), [(1, 1, 2.5)]);
}

#[test]
fn index_hints_of_a_portable_table() {
    query(|name: &str| {
        User::table()
            .only_on::<(MySql, MariaDb)>()
            .ignore_index([IndexHandle::<User>::new("PRIMARY", None)])
            .query()
            .join(Thread::table(), |u, t| t.user_id.eq(u.id))
            .filter(|(u, _)| u.name.eq(name))
            .select(|(u, t)| (u.id, t.id))
    })
    .postgres(DoesNotCompile)
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`, `threads`.`id`
        FROM `users` IGNORE INDEX (`PRIMARY`)
        INNER JOIN `threads` ON `threads`.`user_id` = `users`.`id`
        WHERE `users`.`name` = ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives("Bob", [(2, 3)])
    .again("Zoë", [(3, 4)]);
}
