//! JSON: paths as text and as JSON, lengths, containment.

mod build;
mod changes;
mod equal;
mod from_columns;
mod values;

use relvar_sql_tests::prelude::*;

#[test]
fn a_key_as_text() {
    query(|priority: &str| {
        Thread::query()
            .filter(|t| t.metadata.text("priority").eq(priority))
            .select(|t| (t.id, t.metadata.text("priority")))
    })
    .postgres(
        r#"SELECT "threads"."id", "threads"."metadata" ->> 'priority'
        FROM "threads"
        WHERE ("threads"."metadata" ->> 'priority') = $1"#,
    )
    .mysql(
        r#"SELECT `threads`.`id`, CASE json_type(json_extract(`threads`.`metadata`, '$."priority"')) WHEN 'NULL'
        COLLATE utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."priority"'))
        COLLATE utf8mb4_0900_bin END
        FROM `threads`
        WHERE CASE json_type(json_extract(`threads`.`metadata`, '$."priority"')) WHEN 'NULL' COLLATE
        utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."priority"')) COLLATE
        utf8mb4_0900_bin END = ?"#,
    )
    .mariadb(
        r#"SELECT `threads`.`id`, CASE json_type(json_extract(`threads`.`metadata`, '$."priority"')) WHEN 'NULL'
        COLLATE utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."priority"'))
        COLLATE utf8mb4_nopad_bin END
        FROM `threads`
        WHERE CASE json_type(json_extract(`threads`.`metadata`, '$."priority"')) WHEN 'NULL' COLLATE
        utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."priority"')) COLLATE
        utf8mb4_nopad_bin END = ?"#,
    )
    .sqlite(
        r#"SELECT "threads"."id", CASE json_type("threads"."metadata", '$."priority"') WHEN 'text' THEN
        "threads"."metadata" ->> '$."priority"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."priority"'
        END
        FROM "threads"
        WHERE CASE json_type("threads"."metadata", '$."priority"') WHEN 'text' THEN "threads"."metadata" ->>
        '$."priority"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."priority"' END = ?1"#,
    )
    .gives("high", [(1, Some("high"))])
    .again("low", [(2, Some("low"))]);
}

#[test]
fn a_key_that_is_missing_and_a_json_null_are_null() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.metadata.text("priority").is_null() & t.id.ne(id))
            .order_by(|t| t.id.asc())
            .select(|t| (t.id, t.metadata.text("missing")))
    })
    .postgres(
        r#"SELECT "threads"."id", "threads"."metadata" ->> 'missing'
        FROM "threads"
        WHERE ("threads"."metadata" ->> 'priority') IS NULL AND "threads"."id" <> $1
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `threads`.`id`, CASE json_type(json_extract(`threads`.`metadata`, '$."missing"')) WHEN 'NULL'
        COLLATE utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."missing"'))
        COLLATE utf8mb4_0900_bin END
        FROM `threads`
        WHERE CASE json_type(json_extract(`threads`.`metadata`, '$."priority"')) WHEN 'NULL' COLLATE
        utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."priority"')) COLLATE
        utf8mb4_0900_bin END IS NULL AND `threads`.`id` <> ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT `threads`.`id`, CASE json_type(json_extract(`threads`.`metadata`, '$."missing"')) WHEN 'NULL'
        COLLATE utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."missing"'))
        COLLATE utf8mb4_nopad_bin END
        FROM `threads`
        WHERE CASE json_type(json_extract(`threads`.`metadata`, '$."priority"')) WHEN 'NULL' COLLATE
        utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."priority"')) COLLATE
        utf8mb4_nopad_bin END IS NULL AND `threads`.`id` <> ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."id", CASE json_type("threads"."metadata", '$."missing"') WHEN 'text' THEN
        "threads"."metadata" ->> '$."missing"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."missing"'
        END
        FROM "threads"
        WHERE CASE json_type("threads"."metadata", '$."priority"') WHEN 'text' THEN "threads"."metadata" ->>
        '$."priority"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."priority"' END IS NULL
        AND "threads"."id" <> ?1
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(0, [(3, None::<&str>), (4, None)])
    .again(3, [(4, None::<&str>)]);
}

#[test]
fn a_path_of_keys_and_positions() {
    query(|name: &str| {
        Thread::query()
            .filter(|t| t.metadata.text(("owner", "name")).eq(name) | t.metadata.text(("tags", 0)).eq(name))
            .order_by(|t| t.id.asc())
            .select(|t| (t.id, t.metadata.text(("tags", 1))))
    })
    .postgres(
        r#"SELECT "threads"."id", "threads"."metadata" -> 'tags' ->> 1
        FROM "threads"
        WHERE ("threads"."metadata" -> 'owner' ->> 'name') = $1 OR ("threads"."metadata" -> 'tags' ->> 0) = $2
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `threads`.`id`, CASE json_type(json_extract(`threads`.`metadata`, '$."tags"[1]')) WHEN 'NULL'
        COLLATE utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."tags"[1]'))
        COLLATE utf8mb4_0900_bin END
        FROM `threads`
        WHERE CASE json_type(json_extract(`threads`.`metadata`, '$."owner"."name"')) WHEN 'NULL' COLLATE
        utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."owner"."name"'))
        COLLATE utf8mb4_0900_bin END = ? OR CASE json_type(json_extract(`threads`.`metadata`, '$."tags"[0]'))
        WHEN 'NULL' COLLATE utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`,
        '$."tags"[0]')) COLLATE utf8mb4_0900_bin END = ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT `threads`.`id`, CASE json_type(json_extract(`threads`.`metadata`, '$."tags"[1]')) WHEN 'NULL'
        COLLATE utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."tags"[1]'))
        COLLATE utf8mb4_nopad_bin END
        FROM `threads`
        WHERE CASE json_type(json_extract(`threads`.`metadata`, '$."owner"."name"')) WHEN 'NULL' COLLATE
        utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."owner"."name"'))
        COLLATE utf8mb4_nopad_bin END = ? OR CASE json_type(json_extract(`threads`.`metadata`, '$."tags"[0]'))
        WHEN 'NULL' COLLATE utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`,
        '$."tags"[0]')) COLLATE utf8mb4_nopad_bin END = ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."id", CASE json_type("threads"."metadata", '$."tags"[1]') WHEN 'text' THEN
        "threads"."metadata" ->> '$."tags"[1]' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."tags"[1]'
        END
        FROM "threads"
        WHERE CASE json_type("threads"."metadata", '$."owner"."name"') WHEN 'text' THEN "threads"."metadata" ->>
        '$."owner"."name"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."owner"."name"' END = ?1 OR CASE
        json_type("threads"."metadata", '$."tags"[0]') WHEN 'text' THEN "threads"."metadata" ->> '$."tags"[0]'
        WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."tags"[0]' END = ?2
        ORDER BY "threads"."id" ASC"#,
    )
    .gives("Ann", [(1, Some("b"))])
    .again("b", [(3, None::<&str>)]);
}

#[test]
fn keys_with_quotes_in_them() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.eq(id))
            .select(|t| (t.metadata.text(("it's", "a\"b", 1)), t.metadata.json(("it's", "a\"b"))))
    })
    .postgres(
        r#"SELECT "threads"."metadata" -> 'it''s' -> 'a"b' ->> 1, "threads"."metadata" -> 'it''s' -> 'a"b'
        FROM "threads"
        WHERE "threads"."id" = $1"#,
    )
    .mysql(
        r#"SELECT CASE json_type(json_extract(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B315D')) WHEN 'NULL' COLLATE utf8mb4_0900_bin THEN NULL ELSE
        json_unquote(json_extract(`threads`.`metadata`, _utf8mb4 X'242E2269742773222E22615C2262225B315D'))
        COLLATE utf8mb4_0900_bin END, json_extract(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C226222')
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CASE json_type(json_extract(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B315D')) WHEN 'NULL' COLLATE utf8mb4_nopad_bin THEN NULL ELSE
        json_unquote(json_extract(`threads`.`metadata`, _utf8mb4 X'242E2269742773222E22615C2262225B315D'))
        COLLATE utf8mb4_nopad_bin END, json_extract(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C226222')
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE json_type("threads"."metadata", '$."it''s"."a\"b"[1]') WHEN 'text' THEN "threads"."metadata"
        ->> '$."it''s"."a\"b"[1]' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."it''s"."a\"b"[1]' END,
        "threads"."metadata" -> '$."it''s"."a\"b"'
        FROM "threads"
        WHERE "threads"."id" = ?1"#,
    )
    .gives(3, [(Some("20"), Some(Json(json!([10, 20]))))])
    .again(1, [(None::<&str>, None::<Json<()>>)]);
}

#[test]
fn a_key_as_json() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.lte(id))
            .order_by(|t| t.id.asc())
            .select(|t| (t.metadata.json("tags"), t.metadata.json("owner"), t.metadata.json("priority")))
    })
    .postgres(
        r#"SELECT "threads"."metadata" -> 'tags', "threads"."metadata" -> 'owner', "threads"."metadata" -> 'priority'
        FROM "threads"
        WHERE "threads"."id" <= $1
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT json_extract(`threads`.`metadata`, '$."tags"'), json_extract(`threads`.`metadata`, '$."owner"'),
        json_extract(`threads`.`metadata`, '$."priority"')
        FROM `threads`
        WHERE `threads`.`id` <= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."metadata" -> '$."tags"', "threads"."metadata" -> '$."owner"', "threads"."metadata" ->
        '$."priority"'
        FROM "threads"
        WHERE "threads"."id" <= ?1
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(
        2,
        [
            (Some(Json(json!(["a", "b"]))), Some(Json(json!({"name": "Ann"}))), Some(Json(json!("high")))),
            (Some(Json(json!([]))), None, Some(Json(json!("low")))),
        ],
    )
    .again(1, [(Some(Json(json!(["a", "b"]))), Some(Json(json!({"name": "Ann"}))), Some(Json(json!("high"))))]);
}

#[test]
fn json_of_json() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.eq(id))
            .select(|t| (t.metadata.json("owner").text("name"), t.metadata.json("tags").json(0u32)))
    })
    .postgres(
        r#"SELECT ("threads"."metadata" -> 'owner') ->> 'name', ("threads"."metadata" -> 'tags') -> 0
        FROM "threads"
        WHERE "threads"."id" = $1"#,
    )
    .mysql(
        r#"SELECT CASE json_type(json_extract(json_extract(`threads`.`metadata`, '$."owner"'), '$."name"')) WHEN
        'NULL' COLLATE utf8mb4_0900_bin THEN NULL ELSE
        json_unquote(json_extract(json_extract(`threads`.`metadata`, '$."owner"'), '$."name"')) COLLATE
        utf8mb4_0900_bin END, json_extract(json_extract(`threads`.`metadata`, '$."tags"'), '$[0]')
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CASE json_type(json_extract(json_extract(`threads`.`metadata`, '$."owner"'), '$."name"')) WHEN
        'NULL' COLLATE utf8mb4_nopad_bin THEN NULL ELSE
        json_unquote(json_extract(json_extract(`threads`.`metadata`, '$."owner"'), '$."name"')) COLLATE
        utf8mb4_nopad_bin END, json_extract(json_extract(`threads`.`metadata`, '$."tags"'), '$[0]')
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE json_type(("threads"."metadata" -> '$."owner"'), '$."name"') WHEN 'text' THEN
        ("threads"."metadata" -> '$."owner"') ->> '$."name"' WHEN 'null' THEN NULL ELSE ("threads"."metadata" ->
        '$."owner"') -> '$."name"' END, ("threads"."metadata" -> '$."tags"') -> '$[0]'
        FROM "threads"
        WHERE "threads"."id" = ?1"#,
    )
    .gives(1, [(Some("Ann"), Some(Json(json!("a"))))])
    .again(4, [(None::<&str>, Some(Json(json!("c"))))]);
}

#[test]
fn numbers_in_json_by_a_cast() {
    query(|least: i64| {
        Thread::query()
            .filter(|t| t.metadata.text("count").cast::<i64>().gte(least))
            .select(|t| t.metadata.text("count"))
    })
    .postgres(
        r#"SELECT "threads"."metadata" ->> 'count'
        FROM "threads"
        WHERE CAST("threads"."metadata" ->> 'count' AS bigint) >= $1"#,
    )
    .mysql(
        r#"SELECT CASE json_type(json_extract(`threads`.`metadata`, '$."count"')) WHEN 'NULL' COLLATE
        utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."count"')) COLLATE
        utf8mb4_0900_bin END
        FROM `threads`
        WHERE CAST(CASE json_type(json_extract(`threads`.`metadata`, '$."count"')) WHEN 'NULL' COLLATE
        utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."count"')) COLLATE
        utf8mb4_0900_bin END AS SIGNED) >= ?"#,
    )
    .mariadb(
        r#"SELECT CASE json_type(json_extract(`threads`.`metadata`, '$."count"')) WHEN 'NULL' COLLATE
        utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."count"')) COLLATE
        utf8mb4_nopad_bin END
        FROM `threads`
        WHERE CAST(CASE json_type(json_extract(`threads`.`metadata`, '$."count"')) WHEN 'NULL' COLLATE
        utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."count"')) COLLATE
        utf8mb4_nopad_bin END AS SIGNED) >= ?"#,
    )
    .sqlite(
        r#"SELECT CASE json_type("threads"."metadata", '$."count"') WHEN 'text' THEN "threads"."metadata" ->>
        '$."count"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."count"' END
        FROM "threads"
        WHERE CASE typeof(CASE json_type("threads"."metadata", '$."count"') WHEN 'text' THEN "threads"."metadata"
        ->> '$."count"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."count"' END) WHEN 'real' THEN
        CAST(round(CASE json_type("threads"."metadata", '$."count"') WHEN 'text' THEN "threads"."metadata" ->>
        '$."count"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."count"' END) AS INTEGER) ELSE
        CAST(CASE json_type("threads"."metadata", '$."count"') WHEN 'text' THEN "threads"."metadata" ->>
        '$."count"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."count"' END AS INTEGER) END >= ?1"#,
    )
    .gives(3, [Some("3")])
    .again(4, [None::<&str>; 0]);
}

#[test]
fn the_length_of_an_array() {
    query(|length: i32| {
        Thread::query()
            .filter(|t| t.metadata.json("tags").json_array_length().gte(length))
            .order_by(|t| t.id.asc())
            .select(|t| (t.id, t.metadata.json("tags").json_array_length()))
    })
    .postgres(
        r#"SELECT "threads"."id", CASE WHEN jsonb_typeof("threads"."metadata" -> 'tags') = 'array' THEN
        jsonb_array_length("threads"."metadata" -> 'tags') END
        FROM "threads"
        WHERE CASE WHEN jsonb_typeof("threads"."metadata" -> 'tags') = 'array' THEN
        jsonb_array_length("threads"."metadata" -> 'tags') END >= $1
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `threads`.`id`, CASE WHEN json_type(json_extract(`threads`.`metadata`, '$."tags"')) = 'ARRAY'
        COLLATE utf8mb4_0900_bin THEN json_length(json_extract(`threads`.`metadata`, '$."tags"')) END
        FROM `threads`
        WHERE CASE WHEN json_type(json_extract(`threads`.`metadata`, '$."tags"')) = 'ARRAY' COLLATE
        utf8mb4_0900_bin THEN json_length(json_extract(`threads`.`metadata`, '$."tags"')) END >= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT `threads`.`id`, CASE WHEN json_type(json_extract(`threads`.`metadata`, '$."tags"')) = 'ARRAY' THEN
        json_length(json_extract(`threads`.`metadata`, '$."tags"')) END
        FROM `threads`
        WHERE CASE WHEN json_type(json_extract(`threads`.`metadata`, '$."tags"')) = 'ARRAY' THEN
        json_length(json_extract(`threads`.`metadata`, '$."tags"')) END >= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."id", CASE WHEN json_type("threads"."metadata" -> '$."tags"') = 'array' THEN
        json_array_length("threads"."metadata" -> '$."tags"') END
        FROM "threads"
        WHERE CASE WHEN json_type("threads"."metadata" -> '$."tags"') = 'array' THEN
        json_array_length("threads"."metadata" -> '$."tags"') END >= ?1
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(1, [(1, Some(2)), (3, Some(1)), (4, Some(1))])
    .again(2, [(1, Some(2))]);
}

#[test]
fn a_whole_document() {
    query(|id: i64| Thread::query().filter(|t| t.id.eq(id)).select(|t| t.metadata))
        .postgres(r#"SELECT "threads"."metadata" FROM "threads" WHERE "threads"."id" = $1"#)
        .mysql_and_mariadb(r#"SELECT `threads`.`metadata` FROM `threads` WHERE `threads`.`id` = ?"#)
        .sqlite(r#"SELECT "threads"."metadata" FROM "threads" WHERE "threads"."id" = ?1"#)
        .gives(2, [Json(json!({"priority": "low", "tags": []}))])
        .again(4, [Json(json!({"priority": null, "tags": ["c"], "count": 3}))]);
}

#[test]
fn containment() {
    query(|(tag, id): (&str, i64)| {
        let part = json!({ "tags": [tag] });
        Report::query()
            .filter(|r| r.metadata.json_contains(part) & r.id.ne(id))
            .order_by(|r| r.id.asc())
            .select(|r| r.id)
    })
    .postgres(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE ("threads"."metadata" @> $1) AND "threads"."id" <> $2
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(("b", 0), [1, 3])
    .again(("c", 0), [4]);
}

#[test]
fn grouping_by_a_path() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.ne(id))
            .group_by(|t| t.metadata.text(("tags", 0)))
            .order_by(|tag, _| tag.coalesce("-").asc())
            .select(|tag, g| (tag, g.count()))
    })
    .postgres(
        r#"SELECT "threads"."metadata" -> 'tags' ->> 0, count(*)
        FROM "threads"
        WHERE "threads"."id" <> $1
        GROUP BY "threads"."metadata" -> 'tags' ->> 0
        ORDER BY coalesce("threads"."metadata" -> 'tags' ->> 0, $2) ASC"#,
    )
    .mysql(
        r#"SELECT min(CASE json_type(json_extract(`threads`.`metadata`, '$."tags"[0]')) WHEN 'NULL' COLLATE
        utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."tags"[0]')) COLLATE
        utf8mb4_0900_bin END), count(*)
        FROM `threads`
        WHERE `threads`.`id` <> ?
        GROUP BY CASE json_type(json_extract(`threads`.`metadata`, '$."tags"[0]')) WHEN 'NULL' COLLATE
        utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."tags"[0]')) COLLATE
        utf8mb4_0900_bin END
        ORDER BY coalesce(min(CASE json_type(json_extract(`threads`.`metadata`, '$."tags"[0]')) WHEN 'NULL'
        COLLATE utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."tags"[0]'))
        COLLATE utf8mb4_0900_bin END), ?) ASC"#,
    )
    .mariadb(
        r#"SELECT min(CASE json_type(json_extract(`threads`.`metadata`, '$."tags"[0]')) WHEN 'NULL' COLLATE
        utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."tags"[0]')) COLLATE
        utf8mb4_nopad_bin END), count(*)
        FROM `threads`
        WHERE `threads`.`id` <> ?
        GROUP BY CASE json_type(json_extract(`threads`.`metadata`, '$."tags"[0]')) WHEN 'NULL' COLLATE
        utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."tags"[0]')) COLLATE
        utf8mb4_nopad_bin END
        ORDER BY coalesce(min(CASE json_type(json_extract(`threads`.`metadata`, '$."tags"[0]')) WHEN 'NULL'
        COLLATE utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`threads`.`metadata`, '$."tags"[0]'))
        COLLATE utf8mb4_nopad_bin END), ?) ASC"#,
    )
    .sqlite(
        r#"SELECT CASE json_type("threads"."metadata", '$."tags"[0]') WHEN 'text' THEN "threads"."metadata" ->>
        '$."tags"[0]' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."tags"[0]' END, count(*)
        FROM "threads"
        WHERE "threads"."id" <> ?1
        GROUP BY CASE json_type("threads"."metadata", '$."tags"[0]') WHEN 'text' THEN "threads"."metadata" ->>
        '$."tags"[0]' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."tags"[0]' END
        ORDER BY coalesce(CASE json_type("threads"."metadata", '$."tags"[0]') WHEN 'text' THEN
        "threads"."metadata" ->> '$."tags"[0]' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."tags"[0]'
        END, ?2) ASC"#,
    )
    .gives(1, [(None, 1), (Some("b"), 1), (Some("c"), 1)])
    .again(2, [(Some("a"), 1), (Some("b"), 1), (Some("c"), 1)]);
}
