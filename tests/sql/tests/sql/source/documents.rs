//! The elements of JSON lists as documents in rows.

use relvar_sql_tests::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Line {
    item: String,
    pieces: i64,
}

fn lines(of: &[(&str, i64)]) -> Json<Vec<Line>> {
    Json(of.iter().map(|(item, pieces)| Line { item: (*item).to_owned(), pieces: *pieces }).collect())
}

#[test]
fn what_is_in_the_objects_of_a_list() {
    query(|(lines, most): (Json<Vec<Line>>, i64)| {
        json_documents(value(lines))
            .query()
            .filter(|line| line.0.integer("pieces").lte(most))
            .order_by(|line| line.0.text("item").collate(Collation::CODE_POINTS).asc())
            .select(|line| (line.0, line.0.integer("pieces")))
    })
    .postgres(
        r#"SELECT "elements"."value", CASE WHEN jsonb_typeof("elements"."value" -> 'pieces') = 'number' THEN CASE
        WHEN CAST("elements"."value" -> 'pieces' AS numeric) = trunc(CAST("elements"."value" -> 'pieces' AS
        numeric)) AND CAST("elements"."value" -> 'pieces' AS numeric) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST("elements"."value" -> 'pieces' AS bigint) END END
        FROM jsonb_array_elements(CASE jsonb_typeof($1) WHEN 'array' THEN $1 END) AS "elements" ("value")
        WHERE CASE WHEN jsonb_typeof("elements"."value" -> 'pieces') = 'number' THEN CASE WHEN
        CAST("elements"."value" -> 'pieces' AS numeric) = trunc(CAST("elements"."value" -> 'pieces' AS numeric))
        AND CAST("elements"."value" -> 'pieces' AS numeric) BETWEEN -9223372036854775808 AND 9223372036854775807
        THEN CAST("elements"."value" -> 'pieces' AS bigint) END END <= $2
        ORDER BY ("elements"."value" ->> 'item') COLLATE "C" ASC"#,
    )
    .mysql(
        r#"SELECT `elements`.`value`, CASE WHEN json_type(json_extract(`elements`.`value`, '$."pieces"')) =
        'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin THEN CASE WHEN CAST(json_extract(`elements`.`value`,
        '$."pieces"') AS UNSIGNED) <= 9223372036854775807 THEN CAST(json_extract(`elements`.`value`,
        '$."pieces"') AS SIGNED) END WHEN json_type(json_extract(`elements`.`value`, '$."pieces"')) IN ('INTEGER'
        COLLATE utf8mb4_0900_bin, 'DOUBLE' COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE utf8mb4_0900_bin) THEN
        CASE WHEN CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) =
        truncate(CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) AS
        SIGNED) END END
        FROM JSON_TABLE(CAST(? AS JSON), '$[*]' COLUMNS (`value` JSON PATH '$' ERROR ON ERROR)) AS `elements`
        WHERE CASE WHEN json_type(json_extract(`elements`.`value`, '$."pieces"')) = 'UNSIGNED INTEGER' COLLATE
        utf8mb4_0900_bin THEN CASE WHEN CAST(json_extract(`elements`.`value`, '$."pieces"') AS UNSIGNED) <=
        9223372036854775807 THEN CAST(json_extract(`elements`.`value`, '$."pieces"') AS SIGNED) END WHEN
        json_type(json_extract(`elements`.`value`, '$."pieces"')) IN ('INTEGER' COLLATE utf8mb4_0900_bin,
        'DOUBLE' COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE utf8mb4_0900_bin) THEN CASE WHEN
        CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) =
        truncate(CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) AS
        SIGNED) END END <= ?
        ORDER BY CASE json_type(json_extract(`elements`.`value`, '$."item"')) WHEN 'NULL' COLLATE
        utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`elements`.`value`, '$."item"')) COLLATE
        utf8mb4_0900_bin END COLLATE utf8mb4_0900_bin ASC"#,
    )
    .mariadb(
        r#"SELECT `elements`.`value`, CASE WHEN json_type(json_extract(`elements`.`value`, '$."pieces"')) =
        'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN CASE WHEN CAST(json_extract(`elements`.`value`,
        '$."pieces"') AS UNSIGNED) <= 9223372036854775807 THEN CAST(json_extract(`elements`.`value`,
        '$."pieces"') AS SIGNED) END WHEN json_type(json_extract(`elements`.`value`, '$."pieces"')) IN ('INTEGER'
        COLLATE utf8mb4_nopad_bin, 'DOUBLE' COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN
        CASE WHEN CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) =
        truncate(CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) AS
        SIGNED) END END
        FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` JSON PATH '$' ERROR ON ERROR)) AS `elements`
        WHERE CASE WHEN json_type(json_extract(`elements`.`value`, '$."pieces"')) = 'UNSIGNED INTEGER' COLLATE
        utf8mb4_nopad_bin THEN CASE WHEN CAST(json_extract(`elements`.`value`, '$."pieces"') AS UNSIGNED) <=
        9223372036854775807 THEN CAST(json_extract(`elements`.`value`, '$."pieces"') AS SIGNED) END WHEN
        json_type(json_extract(`elements`.`value`, '$."pieces"')) IN ('INTEGER' COLLATE utf8mb4_nopad_bin,
        'DOUBLE' COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CASE WHEN
        CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) =
        truncate(CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(`elements`.`value`, '$."pieces"') AS DECIMAL(65, 30)) AS
        SIGNED) END END <= ?
        ORDER BY CASE json_type(json_extract(`elements`.`value`, '$."item"')) WHEN 'NULL' COLLATE
        utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`elements`.`value`, '$."item"')) COLLATE
        utf8mb4_nopad_bin END COLLATE utf8mb4_nopad_bin ASC"#,
    )
    .sqlite(
        r#"SELECT ("elements".json -> "elements".fullkey), CASE json_type(("elements".json -> "elements".fullkey),
        '$."pieces"') WHEN 'integer' THEN CASE typeof(("elements".json -> "elements".fullkey) ->> '$."pieces"')
        WHEN 'integer' THEN ("elements".json -> "elements".fullkey) ->> '$."pieces"' END WHEN 'real' THEN CASE
        WHEN ("elements".json -> "elements".fullkey) ->> '$."pieces"' = CAST(("elements".json ->
        "elements".fullkey) ->> '$."pieces"' AS INTEGER) THEN CAST(("elements".json -> "elements".fullkey) ->>
        '$."pieces"' AS INTEGER) END END
        FROM json_each(CASE json_type(?1) WHEN 'array' THEN ?1 END) AS "elements"
        WHERE CASE json_type(("elements".json -> "elements".fullkey), '$."pieces"') WHEN 'integer' THEN CASE
        typeof(("elements".json -> "elements".fullkey) ->> '$."pieces"') WHEN 'integer' THEN ("elements".json ->
        "elements".fullkey) ->> '$."pieces"' END WHEN 'real' THEN CASE WHEN ("elements".json ->
        "elements".fullkey) ->> '$."pieces"' = CAST(("elements".json -> "elements".fullkey) ->> '$."pieces"' AS
        INTEGER) THEN CAST(("elements".json -> "elements".fullkey) ->> '$."pieces"' AS INTEGER) END END <= ?2
        ORDER BY CASE json_type(("elements".json -> "elements".fullkey), '$."item"') WHEN 'text' THEN
        ("elements".json -> "elements".fullkey) ->> '$."item"' WHEN 'null' THEN NULL ELSE ("elements".json ->
        "elements".fullkey) -> '$."item"' END COLLATE BINARY ASC"#,
    )
    .gives(
        (lines(&[("nut", 3), ("bolt \"M4\"", 1)]), 3),
        [
            (Json(Line { item: "bolt \"M4\"".to_owned(), pieces: 1 }), Some(1)),
            (Json(Line { item: "nut".to_owned(), pieces: 3 }), Some(3)),
        ],
    )
    .again((lines(&[("nut", 3), ("washer", 9)]), 4), [(Json(Line { item: "nut".to_owned(), pieces: 3 }), Some(3))]);
}

#[test]
fn elements_of_any_shape() {
    query(|kind: &str| {
        let mixed = Json(json!(["a \"b\"", 1, 1.5, true, false, null, {"k": [1]}, ["x"]]));
        json_documents(value(mixed)).query().filter(|element| element.0.json_type(()).eq(kind))
    })
    .postgres(
        r#"SELECT "elements"."value"
        FROM jsonb_array_elements(CASE jsonb_typeof($1) WHEN 'array' THEN $1 END) AS "elements" ("value")
        WHERE jsonb_typeof("elements"."value") = $2"#,
    )
    .mysql(
        r#"SELECT `elements`.`value`
        FROM JSON_TABLE(CAST(? AS JSON), '$[*]' COLUMNS (`value` JSON PATH '$' ERROR ON ERROR)) AS `elements`
        WHERE CASE json_type(json_extract(`elements`.`value`, '$')) WHEN 'INTEGER' COLLATE utf8mb4_0900_bin THEN
        'number' COLLATE utf8mb4_0900_bin WHEN 'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE
        utf8mb4_0900_bin WHEN 'DOUBLE' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin WHEN
        'DECIMAL' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin ELSE
        lower(json_type(json_extract(`elements`.`value`, '$'))) END = ?"#,
    )
    .mariadb(
        r#"SELECT `elements`.`value`
        FROM JSON_TABLE(?, '$[*]' COLUMNS (`value` JSON PATH '$' ERROR ON ERROR)) AS `elements`
        WHERE CASE json_type(json_extract(`elements`.`value`, '$')) WHEN 'INTEGER' COLLATE utf8mb4_nopad_bin THEN
        'number' COLLATE utf8mb4_nopad_bin WHEN 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN 'number'
        COLLATE utf8mb4_nopad_bin WHEN 'DOUBLE' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin
        WHEN 'DECIMAL' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin ELSE
        lower(json_type(json_extract(`elements`.`value`, '$'))) END = ?"#,
    )
    .sqlite(
        r#"SELECT ("elements".json -> "elements".fullkey)
        FROM json_each(CASE json_type(?1) WHEN 'array' THEN ?1 END) AS "elements"
        WHERE CASE json_type(("elements".json -> "elements".fullkey), '$') WHEN 'text' THEN 'string' WHEN
        'integer' THEN 'number' WHEN 'real' THEN 'number' WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean'
        ELSE json_type(("elements".json -> "elements".fullkey), '$') END = ?2"#,
    )
    .gives("string", [Json(json!("a \"b\""))])
    .again("boolean", [Json(json!(true)), Json(json!(false))]);
}

#[test]
fn elements_of_a_list_that_is_stored() {
    query(|id: i64| {
        Thread::query()
            .cross_join_lateral(|t| json_documents(t.metadata.json("tags")))
            .filter(|(t, _)| t.id.gte(id))
            .order_by(|(t, tag)| (t.id.asc(), tag.0.text(()).asc()))
            .select(|(t, tag)| (t.id, tag.0, tag.0.text(())))
    })
    .postgres(
        r#"SELECT "threads"."id", "elements"."value", "elements"."value" #>> '{}'
        FROM "threads"
        CROSS JOIN jsonb_array_elements(CASE jsonb_typeof("threads"."metadata" -> 'tags') WHEN 'array' THEN
        "threads"."metadata" -> 'tags' END) AS "elements" ("value")
        WHERE "threads"."id" >= $1
        ORDER BY "threads"."id" ASC, "elements"."value" #>> '{}' ASC"#,
    )
    .mysql(
        r#"SELECT `threads`.`id`, `elements`.`value`, CASE json_type(json_extract(`elements`.`value`, '$')) WHEN
        'NULL' COLLATE utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`elements`.`value`, '$'))
        COLLATE utf8mb4_0900_bin END
        FROM `threads`
        CROSS JOIN JSON_TABLE(json_extract(`threads`.`metadata`, '$."tags"'), '$[*]' COLUMNS (`value` JSON PATH
        '$' ERROR ON ERROR)) AS `elements`
        WHERE `threads`.`id` >= ?
        ORDER BY `threads`.`id` ASC, CASE json_type(json_extract(`elements`.`value`, '$')) WHEN 'NULL' COLLATE
        utf8mb4_0900_bin THEN NULL ELSE json_unquote(json_extract(`elements`.`value`, '$')) COLLATE
        utf8mb4_0900_bin END ASC"#,
    )
    .mariadb(
        r#"SELECT `threads`.`id`, `elements`.`value`, CASE json_type(json_extract(`elements`.`value`, '$')) WHEN
        'NULL' COLLATE utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`elements`.`value`, '$'))
        COLLATE utf8mb4_nopad_bin END
        FROM `threads`
        CROSS JOIN JSON_TABLE(json_extract(`threads`.`metadata`, '$."tags"'), '$[*]' COLUMNS (`value` JSON PATH
        '$' ERROR ON ERROR)) AS `elements`
        WHERE `threads`.`id` >= ?
        ORDER BY `threads`.`id` ASC, CASE json_type(json_extract(`elements`.`value`, '$')) WHEN 'NULL' COLLATE
        utf8mb4_nopad_bin THEN NULL ELSE json_unquote(json_extract(`elements`.`value`, '$')) COLLATE
        utf8mb4_nopad_bin END ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."id", ("elements".json -> "elements".fullkey), CASE json_type(("elements".json ->
        "elements".fullkey), '$') WHEN 'text' THEN ("elements".json -> "elements".fullkey) ->> '$' WHEN 'null'
        THEN NULL ELSE ("elements".json -> "elements".fullkey) -> '$' END
        FROM "threads"
        CROSS JOIN json_each(CASE json_type("threads"."metadata" -> '$."tags"') WHEN 'array' THEN
        "threads"."metadata" -> '$."tags"' END) AS "elements"
        WHERE "threads"."id" >= ?1
        ORDER BY "threads"."id" ASC, CASE json_type(("elements".json -> "elements".fullkey), '$') WHEN 'text'
        THEN ("elements".json -> "elements".fullkey) ->> '$' WHEN 'null' THEN NULL ELSE ("elements".json ->
        "elements".fullkey) -> '$' END ASC"#,
    )
    .gives(
        1,
        [
            (1, Json(json!("a")), Some("a")),
            (1, Json(json!("b")), Some("b")),
            (3, Json(json!("b")), Some("b")),
            (4, Json(json!("c")), Some("c")),
        ],
    )
    .again(4, [(4, Json(json!("c")), Some("c"))]);
}

#[test]
fn a_document_that_is_no_list_has_no_elements() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.gte(id))
            .left_join_lateral(|t| json_documents(t.metadata), |_, _| value(true))
            .order_by(|(t, _)| t.id.asc())
            .select(|(t, element)| (t.id, element.0))
    })
    .postgres(
        r#"SELECT "threads"."id", "elements"."value"
        FROM "threads"
        LEFT JOIN jsonb_array_elements(CASE jsonb_typeof("threads"."metadata") WHEN 'array' THEN
        "threads"."metadata" END) AS "elements" ("value") ON $1
        WHERE "threads"."id" >= $2
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `threads`.`id`, `elements`.`value`
        FROM `threads`
        LEFT JOIN JSON_TABLE(`threads`.`metadata`, '$[*]' COLUMNS (`value` JSON PATH '$' ERROR ON ERROR)) AS
        `elements` ON ?
        WHERE `threads`.`id` >= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."id", ("elements".json -> "elements".fullkey)
        FROM "threads"
        LEFT JOIN json_each(CASE json_type("threads"."metadata") WHEN 'array' THEN "threads"."metadata" END) AS
        "elements" ON ?1
        WHERE "threads"."id" >= ?2
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(3, [(3, None::<i32>), (4, None)])
    .again(4, [(4, None::<i32>)]);
}
