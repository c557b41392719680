//! Places in JSON documents, read as values of a type, the same on all databases.

use relvar_sql_tests::prelude::*;

type Document = Json<serde_json::Value>;

#[test]
fn whole_numbers() {
    query(|document: Document| {
        Thread::query().filter(|t| t.id.eq(4)).select(|t| {
            let document = value(document);
            (
                document.clone().integer("n"),
                document.integer(("list", 1)),
                t.metadata.integer("count"),
                t.metadata.integer("tags"),
            )
        })
    })
    .postgres(
        r#"SELECT CASE WHEN jsonb_typeof($1 -> 'n') = 'number' THEN CASE WHEN CAST($1 -> 'n' AS numeric) =
        trunc(CAST($1 -> 'n' AS numeric)) AND CAST($1 -> 'n' AS numeric) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST($1 -> 'n' AS bigint) END END, CASE WHEN jsonb_typeof($1 -> 'list' -> 1) =
        'number' THEN CASE WHEN CAST($1 -> 'list' -> 1 AS numeric) = trunc(CAST($1 -> 'list' -> 1 AS numeric))
        AND CAST($1 -> 'list' -> 1 AS numeric) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN CAST($1
        -> 'list' -> 1 AS bigint) END END, CASE WHEN jsonb_typeof("threads"."metadata" -> 'count') = 'number'
        THEN CASE WHEN CAST("threads"."metadata" -> 'count' AS numeric) = trunc(CAST("threads"."metadata" ->
        'count' AS numeric)) AND CAST("threads"."metadata" -> 'count' AS numeric) BETWEEN -9223372036854775808
        AND 9223372036854775807 THEN CAST("threads"."metadata" -> 'count' AS bigint) END END, CASE WHEN
        jsonb_typeof("threads"."metadata" -> 'tags') = 'number' THEN CASE WHEN CAST("threads"."metadata" ->
        'tags' AS numeric) = trunc(CAST("threads"."metadata" -> 'tags' AS numeric)) AND CAST("threads"."metadata"
        -> 'tags' AS numeric) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN CAST("threads"."metadata"
        -> 'tags' AS bigint) END END
        FROM "threads"
        WHERE "threads"."id" = $2"#,
    )
    .mysql(
        r#"SELECT CASE WHEN json_type(json_extract(CAST(? AS JSON), '$."n"')) = 'UNSIGNED INTEGER' COLLATE
        utf8mb4_0900_bin THEN CASE WHEN CAST(json_extract(CAST(? AS JSON), '$."n"') AS UNSIGNED) <=
        9223372036854775807 THEN CAST(json_extract(CAST(? AS JSON), '$."n"') AS SIGNED) END WHEN
        json_type(json_extract(CAST(? AS JSON), '$."n"')) IN ('INTEGER' COLLATE utf8mb4_0900_bin, 'DOUBLE'
        COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE utf8mb4_0900_bin) THEN CASE WHEN CAST(json_extract(CAST(? AS
        JSON), '$."n"') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65,
        30)), 0) AND CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808
        AND 9223372036854775807 THEN CAST(CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65, 30)) AS
        SIGNED) END END, CASE WHEN json_type(json_extract(CAST(? AS JSON), '$."list"[1]')) = 'UNSIGNED INTEGER'
        COLLATE utf8mb4_0900_bin THEN CASE WHEN CAST(json_extract(CAST(? AS JSON), '$."list"[1]') AS UNSIGNED) <=
        9223372036854775807 THEN CAST(json_extract(CAST(? AS JSON), '$."list"[1]') AS SIGNED) END WHEN
        json_type(json_extract(CAST(? AS JSON), '$."list"[1]')) IN ('INTEGER' COLLATE utf8mb4_0900_bin, 'DOUBLE'
        COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE utf8mb4_0900_bin) THEN CASE WHEN CAST(json_extract(CAST(? AS
        JSON), '$."list"[1]') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(CAST(? AS JSON), '$."list"[1]') AS
        DECIMAL(65, 30)), 0) AND CAST(json_extract(CAST(? AS JSON), '$."list"[1]') AS DECIMAL(65, 30)) BETWEEN
        -9223372036854775808 AND 9223372036854775807 THEN CAST(CAST(json_extract(CAST(? AS JSON), '$."list"[1]')
        AS DECIMAL(65, 30)) AS SIGNED) END END, CASE WHEN json_type(json_extract(`threads`.`metadata`,
        '$."count"')) = 'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin THEN CASE WHEN
        CAST(json_extract(`threads`.`metadata`, '$."count"') AS UNSIGNED) <= 9223372036854775807 THEN
        CAST(json_extract(`threads`.`metadata`, '$."count"') AS SIGNED) END WHEN
        json_type(json_extract(`threads`.`metadata`, '$."count"')) IN ('INTEGER' COLLATE utf8mb4_0900_bin,
        'DOUBLE' COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE utf8mb4_0900_bin) THEN CASE WHEN
        CAST(json_extract(`threads`.`metadata`, '$."count"') AS DECIMAL(65, 30)) =
        truncate(CAST(json_extract(`threads`.`metadata`, '$."count"') AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(`threads`.`metadata`, '$."count"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(`threads`.`metadata`, '$."count"') AS DECIMAL(65, 30)) AS
        SIGNED) END END, CASE WHEN json_type(json_extract(`threads`.`metadata`, '$."tags"')) = 'UNSIGNED INTEGER'
        COLLATE utf8mb4_0900_bin THEN CASE WHEN CAST(json_extract(`threads`.`metadata`, '$."tags"') AS UNSIGNED)
        <= 9223372036854775807 THEN CAST(json_extract(`threads`.`metadata`, '$."tags"') AS SIGNED) END WHEN
        json_type(json_extract(`threads`.`metadata`, '$."tags"')) IN ('INTEGER' COLLATE utf8mb4_0900_bin,
        'DOUBLE' COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE utf8mb4_0900_bin) THEN CASE WHEN
        CAST(json_extract(`threads`.`metadata`, '$."tags"') AS DECIMAL(65, 30)) =
        truncate(CAST(json_extract(`threads`.`metadata`, '$."tags"') AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(`threads`.`metadata`, '$."tags"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(`threads`.`metadata`, '$."tags"') AS DECIMAL(65, 30)) AS
        SIGNED) END END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CASE WHEN json_type(json_extract(?, '$."n"')) = 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN
        CASE WHEN CAST(json_extract(?, '$."n"') AS UNSIGNED) <= 9223372036854775807 THEN CAST(json_extract(?,
        '$."n"') AS SIGNED) END WHEN json_type(json_extract(?, '$."n"')) IN ('INTEGER' COLLATE utf8mb4_nopad_bin,
        'DOUBLE' COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CASE WHEN
        CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(?, '$."n"') AS DECIMAL(65,
        30)), 0) AND CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) AS SIGNED) END END, CASE
        WHEN json_type(json_extract(?, '$."list"[1]')) = 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN CASE
        WHEN CAST(json_extract(?, '$."list"[1]') AS UNSIGNED) <= 9223372036854775807 THEN CAST(json_extract(?,
        '$."list"[1]') AS SIGNED) END WHEN json_type(json_extract(?, '$."list"[1]')) IN ('INTEGER' COLLATE
        utf8mb4_nopad_bin, 'DOUBLE' COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CASE
        WHEN CAST(json_extract(?, '$."list"[1]') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(?,
        '$."list"[1]') AS DECIMAL(65, 30)), 0) AND CAST(json_extract(?, '$."list"[1]') AS DECIMAL(65, 30))
        BETWEEN -9223372036854775808 AND 9223372036854775807 THEN CAST(CAST(json_extract(?, '$."list"[1]') AS
        DECIMAL(65, 30)) AS SIGNED) END END, CASE WHEN json_type(json_extract(`threads`.`metadata`, '$."count"'))
        = 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN CASE WHEN CAST(json_extract(`threads`.`metadata`,
        '$."count"') AS UNSIGNED) <= 9223372036854775807 THEN CAST(json_extract(`threads`.`metadata`,
        '$."count"') AS SIGNED) END WHEN json_type(json_extract(`threads`.`metadata`, '$."count"')) IN ('INTEGER'
        COLLATE utf8mb4_nopad_bin, 'DOUBLE' COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN
        CASE WHEN CAST(json_extract(`threads`.`metadata`, '$."count"') AS DECIMAL(65, 30)) =
        truncate(CAST(json_extract(`threads`.`metadata`, '$."count"') AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(`threads`.`metadata`, '$."count"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(`threads`.`metadata`, '$."count"') AS DECIMAL(65, 30)) AS
        SIGNED) END END, CASE WHEN json_type(json_extract(`threads`.`metadata`, '$."tags"')) = 'UNSIGNED INTEGER'
        COLLATE utf8mb4_nopad_bin THEN CASE WHEN CAST(json_extract(`threads`.`metadata`, '$."tags"') AS UNSIGNED)
        <= 9223372036854775807 THEN CAST(json_extract(`threads`.`metadata`, '$."tags"') AS SIGNED) END WHEN
        json_type(json_extract(`threads`.`metadata`, '$."tags"')) IN ('INTEGER' COLLATE utf8mb4_nopad_bin,
        'DOUBLE' COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CASE WHEN
        CAST(json_extract(`threads`.`metadata`, '$."tags"') AS DECIMAL(65, 30)) =
        truncate(CAST(json_extract(`threads`.`metadata`, '$."tags"') AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(`threads`.`metadata`, '$."tags"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(`threads`.`metadata`, '$."tags"') AS DECIMAL(65, 30)) AS
        SIGNED) END END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE json_type(?1, '$."n"') WHEN 'integer' THEN CASE typeof(?1 ->> '$."n"') WHEN 'integer' THEN ?1
        ->> '$."n"' END WHEN 'real' THEN CASE WHEN ?1 ->> '$."n"' = CAST(?1 ->> '$."n"' AS INTEGER) THEN CAST(?1
        ->> '$."n"' AS INTEGER) END END, CASE json_type(?1, '$."list"[1]') WHEN 'integer' THEN CASE typeof(?1 ->>
        '$."list"[1]') WHEN 'integer' THEN ?1 ->> '$."list"[1]' END WHEN 'real' THEN CASE WHEN ?1 ->>
        '$."list"[1]' = CAST(?1 ->> '$."list"[1]' AS INTEGER) THEN CAST(?1 ->> '$."list"[1]' AS INTEGER) END END,
        CASE json_type("threads"."metadata", '$."count"') WHEN 'integer' THEN CASE typeof("threads"."metadata"
        ->> '$."count"') WHEN 'integer' THEN "threads"."metadata" ->> '$."count"' END WHEN 'real' THEN CASE WHEN
        "threads"."metadata" ->> '$."count"' = CAST("threads"."metadata" ->> '$."count"' AS INTEGER) THEN
        CAST("threads"."metadata" ->> '$."count"' AS INTEGER) END END, CASE json_type("threads"."metadata",
        '$."tags"') WHEN 'integer' THEN CASE typeof("threads"."metadata" ->> '$."tags"') WHEN 'integer' THEN
        "threads"."metadata" ->> '$."tags"' END WHEN 'real' THEN CASE WHEN "threads"."metadata" ->> '$."tags"' =
        CAST("threads"."metadata" ->> '$."tags"' AS INTEGER) THEN CAST("threads"."metadata" ->> '$."tags"' AS
        INTEGER) END END
        FROM "threads"
        WHERE "threads"."id" = ?2"#,
    )
    .gives(
        Json(json!({"n": 9223372036854775807i64, "list": [0, -3.0]})),
        [(Some(i64::MAX), Some(-3), Some(3), None::<i64>)],
    )
    .again(Json(json!({"n": "12", "list": [0, 1.5]})), [(None::<i64>, None::<i64>, Some(3), None::<i64>)]);
}

#[test]
fn what_is_no_whole_number() {
    query(|(a, b): (Document, Document)| {
        Thread::query().filter(|t| t.id.eq(1)).select(|_| (value(a).integer("n"), value(b).integer("n")))
    })
    .postgres(
        r#"SELECT CASE WHEN jsonb_typeof($1 -> 'n') = 'number' THEN CASE WHEN CAST($1 -> 'n' AS numeric) =
        trunc(CAST($1 -> 'n' AS numeric)) AND CAST($1 -> 'n' AS numeric) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST($1 -> 'n' AS bigint) END END, CASE WHEN jsonb_typeof($2 -> 'n') = 'number'
        THEN CASE WHEN CAST($2 -> 'n' AS numeric) = trunc(CAST($2 -> 'n' AS numeric)) AND CAST($2 -> 'n' AS
        numeric) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN CAST($2 -> 'n' AS bigint) END END
        FROM "threads"
        WHERE "threads"."id" = $3"#,
    )
    .mysql(
        r#"SELECT CASE WHEN json_type(json_extract(CAST(? AS JSON), '$."n"')) = 'UNSIGNED INTEGER' COLLATE
        utf8mb4_0900_bin THEN CASE WHEN CAST(json_extract(CAST(? AS JSON), '$."n"') AS UNSIGNED) <=
        9223372036854775807 THEN CAST(json_extract(CAST(? AS JSON), '$."n"') AS SIGNED) END WHEN
        json_type(json_extract(CAST(? AS JSON), '$."n"')) IN ('INTEGER' COLLATE utf8mb4_0900_bin, 'DOUBLE'
        COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE utf8mb4_0900_bin) THEN CASE WHEN CAST(json_extract(CAST(? AS
        JSON), '$."n"') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65,
        30)), 0) AND CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808
        AND 9223372036854775807 THEN CAST(CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65, 30)) AS
        SIGNED) END END, CASE WHEN json_type(json_extract(CAST(? AS JSON), '$."n"')) = 'UNSIGNED INTEGER' COLLATE
        utf8mb4_0900_bin THEN CASE WHEN CAST(json_extract(CAST(? AS JSON), '$."n"') AS UNSIGNED) <=
        9223372036854775807 THEN CAST(json_extract(CAST(? AS JSON), '$."n"') AS SIGNED) END WHEN
        json_type(json_extract(CAST(? AS JSON), '$."n"')) IN ('INTEGER' COLLATE utf8mb4_0900_bin, 'DOUBLE'
        COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE utf8mb4_0900_bin) THEN CASE WHEN CAST(json_extract(CAST(? AS
        JSON), '$."n"') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65,
        30)), 0) AND CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808
        AND 9223372036854775807 THEN CAST(CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65, 30)) AS
        SIGNED) END END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CASE WHEN json_type(json_extract(?, '$."n"')) = 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN
        CASE WHEN CAST(json_extract(?, '$."n"') AS UNSIGNED) <= 9223372036854775807 THEN CAST(json_extract(?,
        '$."n"') AS SIGNED) END WHEN json_type(json_extract(?, '$."n"')) IN ('INTEGER' COLLATE utf8mb4_nopad_bin,
        'DOUBLE' COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CASE WHEN
        CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(?, '$."n"') AS DECIMAL(65,
        30)), 0) AND CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) AS SIGNED) END END, CASE
        WHEN json_type(json_extract(?, '$."n"')) = 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN CASE WHEN
        CAST(json_extract(?, '$."n"') AS UNSIGNED) <= 9223372036854775807 THEN CAST(json_extract(?, '$."n"') AS
        SIGNED) END WHEN json_type(json_extract(?, '$."n"')) IN ('INTEGER' COLLATE utf8mb4_nopad_bin, 'DOUBLE'
        COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CASE WHEN CAST(json_extract(?,
        '$."n"') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND 9223372036854775807
        THEN CAST(CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) AS SIGNED) END END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE json_type(?1, '$."n"') WHEN 'integer' THEN CASE typeof(?1 ->> '$."n"') WHEN 'integer' THEN ?1
        ->> '$."n"' END WHEN 'real' THEN CASE WHEN ?1 ->> '$."n"' = CAST(?1 ->> '$."n"' AS INTEGER) THEN CAST(?1
        ->> '$."n"' AS INTEGER) END END, CASE json_type(?2, '$."n"') WHEN 'integer' THEN CASE typeof(?2 ->>
        '$."n"') WHEN 'integer' THEN ?2 ->> '$."n"' END WHEN 'real' THEN CASE WHEN ?2 ->> '$."n"' = CAST(?2 ->>
        '$."n"' AS INTEGER) THEN CAST(?2 ->> '$."n"' AS INTEGER) END END
        FROM "threads"
        WHERE "threads"."id" = ?3"#,
    )
    .gives((Json(json!({"n": true})), Json(json!({"n": 1e20}))), [(None::<i64>, None::<i64>)])
    .again((Json(json!({"n": 18446744073709551615u64})), Json(json!({"n": null}))), [(None::<i64>, None::<i64>)]);
}

#[test]
fn whole_numbers_however_they_are_written() {
    query(|(a, b): (Document, Document)| {
        Thread::query().filter(|t| t.id.eq(2)).select(|_| (value(a).integer("n"), value(b).integer("n")))
    })
    .postgres(
        r#"SELECT CASE WHEN jsonb_typeof($1 -> 'n') = 'number' THEN CASE WHEN CAST($1 -> 'n' AS numeric) =
        trunc(CAST($1 -> 'n' AS numeric)) AND CAST($1 -> 'n' AS numeric) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST($1 -> 'n' AS bigint) END END, CASE WHEN jsonb_typeof($2 -> 'n') = 'number'
        THEN CASE WHEN CAST($2 -> 'n' AS numeric) = trunc(CAST($2 -> 'n' AS numeric)) AND CAST($2 -> 'n' AS
        numeric) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN CAST($2 -> 'n' AS bigint) END END
        FROM "threads"
        WHERE "threads"."id" = $3"#,
    )
    .mysql(
        r#"SELECT CASE WHEN json_type(json_extract(CAST(? AS JSON), '$."n"')) = 'UNSIGNED INTEGER' COLLATE
        utf8mb4_0900_bin THEN CASE WHEN CAST(json_extract(CAST(? AS JSON), '$."n"') AS UNSIGNED) <=
        9223372036854775807 THEN CAST(json_extract(CAST(? AS JSON), '$."n"') AS SIGNED) END WHEN
        json_type(json_extract(CAST(? AS JSON), '$."n"')) IN ('INTEGER' COLLATE utf8mb4_0900_bin, 'DOUBLE'
        COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE utf8mb4_0900_bin) THEN CASE WHEN CAST(json_extract(CAST(? AS
        JSON), '$."n"') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65,
        30)), 0) AND CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808
        AND 9223372036854775807 THEN CAST(CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65, 30)) AS
        SIGNED) END END, CASE WHEN json_type(json_extract(CAST(? AS JSON), '$."n"')) = 'UNSIGNED INTEGER' COLLATE
        utf8mb4_0900_bin THEN CASE WHEN CAST(json_extract(CAST(? AS JSON), '$."n"') AS UNSIGNED) <=
        9223372036854775807 THEN CAST(json_extract(CAST(? AS JSON), '$."n"') AS SIGNED) END WHEN
        json_type(json_extract(CAST(? AS JSON), '$."n"')) IN ('INTEGER' COLLATE utf8mb4_0900_bin, 'DOUBLE'
        COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE utf8mb4_0900_bin) THEN CASE WHEN CAST(json_extract(CAST(? AS
        JSON), '$."n"') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65,
        30)), 0) AND CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808
        AND 9223372036854775807 THEN CAST(CAST(json_extract(CAST(? AS JSON), '$."n"') AS DECIMAL(65, 30)) AS
        SIGNED) END END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CASE WHEN json_type(json_extract(?, '$."n"')) = 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN
        CASE WHEN CAST(json_extract(?, '$."n"') AS UNSIGNED) <= 9223372036854775807 THEN CAST(json_extract(?,
        '$."n"') AS SIGNED) END WHEN json_type(json_extract(?, '$."n"')) IN ('INTEGER' COLLATE utf8mb4_nopad_bin,
        'DOUBLE' COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CASE WHEN
        CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(?, '$."n"') AS DECIMAL(65,
        30)), 0) AND CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND
        9223372036854775807 THEN CAST(CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) AS SIGNED) END END, CASE
        WHEN json_type(json_extract(?, '$."n"')) = 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN CASE WHEN
        CAST(json_extract(?, '$."n"') AS UNSIGNED) <= 9223372036854775807 THEN CAST(json_extract(?, '$."n"') AS
        SIGNED) END WHEN json_type(json_extract(?, '$."n"')) IN ('INTEGER' COLLATE utf8mb4_nopad_bin, 'DOUBLE'
        COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CASE WHEN CAST(json_extract(?,
        '$."n"') AS DECIMAL(65, 30)) = truncate(CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND 9223372036854775807
        THEN CAST(CAST(json_extract(?, '$."n"') AS DECIMAL(65, 30)) AS SIGNED) END END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE json_type(?1, '$."n"') WHEN 'integer' THEN CASE typeof(?1 ->> '$."n"') WHEN 'integer' THEN ?1
        ->> '$."n"' END WHEN 'real' THEN CASE WHEN ?1 ->> '$."n"' = CAST(?1 ->> '$."n"' AS INTEGER) THEN CAST(?1
        ->> '$."n"' AS INTEGER) END END, CASE json_type(?2, '$."n"') WHEN 'integer' THEN CASE typeof(?2 ->>
        '$."n"') WHEN 'integer' THEN ?2 ->> '$."n"' END WHEN 'real' THEN CASE WHEN ?2 ->> '$."n"' = CAST(?2 ->>
        '$."n"' AS INTEGER) THEN CAST(?2 ->> '$."n"' AS INTEGER) END END
        FROM "threads"
        WHERE "threads"."id" = ?3"#,
    )
    .gives((Json(json!({"n": 1e3})), Json(json!([1]))), [(Some(1000), None::<i64>)])
    .again((Json(json!({"n": -0.0})), Json(json!({"n": {}}))), [(Some(0), None::<i64>)]);
}

#[test]
fn numbers_and_booleans() {
    query(|document: Document| {
        Thread::query().filter(|t| t.id.eq(4)).select(|t| {
            let document = value(document);
            (
                document.clone().float("f"),
                document.clone().boolean("b"),
                document.boolean("f"),
                t.metadata.float("count"),
                t.metadata.float("priority"),
            )
        })
    })
    .postgres(
        r#"SELECT CASE WHEN jsonb_typeof($1 -> 'f') = 'number' THEN CAST($1 -> 'f' AS double precision) END, CASE
        WHEN jsonb_typeof($1 -> 'b') = 'boolean' THEN CAST($1 -> 'b' AS boolean) END, CASE WHEN jsonb_typeof($1
        -> 'f') = 'boolean' THEN CAST($1 -> 'f' AS boolean) END, CASE WHEN jsonb_typeof("threads"."metadata" ->
        'count') = 'number' THEN CAST("threads"."metadata" -> 'count' AS double precision) END, CASE WHEN
        jsonb_typeof("threads"."metadata" -> 'priority') = 'number' THEN CAST("threads"."metadata" -> 'priority'
        AS double precision) END
        FROM "threads"
        WHERE "threads"."id" = $2"#,
    )
    .mysql(
        r#"SELECT CASE WHEN json_type(json_extract(CAST(? AS JSON), '$."f"')) IN ('INTEGER' COLLATE
        utf8mb4_0900_bin, 'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin, 'DOUBLE' COLLATE utf8mb4_0900_bin,
        'DECIMAL' COLLATE utf8mb4_0900_bin) THEN CAST(json_extract(CAST(? AS JSON), '$."f"') AS DOUBLE) END, CASE
        WHEN json_type(json_extract(CAST(? AS JSON), '$."b"')) = 'BOOLEAN' COLLATE utf8mb4_0900_bin THEN
        json_unquote(json_extract(CAST(? AS JSON), '$."b"')) = 'true' COLLATE utf8mb4_0900_bin END, CASE WHEN
        json_type(json_extract(CAST(? AS JSON), '$."f"')) = 'BOOLEAN' COLLATE utf8mb4_0900_bin THEN
        json_unquote(json_extract(CAST(? AS JSON), '$."f"')) = 'true' COLLATE utf8mb4_0900_bin END, CASE WHEN
        json_type(json_extract(`threads`.`metadata`, '$."count"')) IN ('INTEGER' COLLATE utf8mb4_0900_bin,
        'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin, 'DOUBLE' COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE
        utf8mb4_0900_bin) THEN CAST(json_extract(`threads`.`metadata`, '$."count"') AS DOUBLE) END, CASE WHEN
        json_type(json_extract(`threads`.`metadata`, '$."priority"')) IN ('INTEGER' COLLATE utf8mb4_0900_bin,
        'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin, 'DOUBLE' COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE
        utf8mb4_0900_bin) THEN CAST(json_extract(`threads`.`metadata`, '$."priority"') AS DOUBLE) END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CASE WHEN json_type(json_extract(?, '$."f"')) IN ('INTEGER' COLLATE utf8mb4_nopad_bin, 'UNSIGNED
        INTEGER' COLLATE utf8mb4_nopad_bin, 'DOUBLE' COLLATE utf8mb4_nopad_bin, 'DECIMAL' COLLATE
        utf8mb4_nopad_bin) THEN CAST(json_extract(?, '$."f"') AS DOUBLE) END, CASE WHEN json_type(json_extract(?,
        '$."b"')) = 'BOOLEAN' COLLATE utf8mb4_nopad_bin THEN json_unquote(json_extract(?, '$."b"')) = 'true'
        COLLATE utf8mb4_nopad_bin END, CASE WHEN json_type(json_extract(?, '$."f"')) = 'BOOLEAN' COLLATE
        utf8mb4_nopad_bin THEN json_unquote(json_extract(?, '$."f"')) = 'true' COLLATE utf8mb4_nopad_bin END,
        CASE WHEN json_type(json_extract(`threads`.`metadata`, '$."count"')) IN ('INTEGER' COLLATE
        utf8mb4_nopad_bin, 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin, 'DOUBLE' COLLATE utf8mb4_nopad_bin,
        'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CAST(json_extract(`threads`.`metadata`, '$."count"') AS DOUBLE)
        END, CASE WHEN json_type(json_extract(`threads`.`metadata`, '$."priority"')) IN ('INTEGER' COLLATE
        utf8mb4_nopad_bin, 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin, 'DOUBLE' COLLATE utf8mb4_nopad_bin,
        'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CAST(json_extract(`threads`.`metadata`, '$."priority"') AS
        DOUBLE) END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN json_type(?1, '$."f"') IN ('integer', 'real') THEN CAST(?1 ->> '$."f"' AS REAL) END,
        CASE json_type(?1, '$."b"') WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END, CASE json_type(?1,
        '$."f"') WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END, CASE WHEN json_type("threads"."metadata",
        '$."count"') IN ('integer', 'real') THEN CAST("threads"."metadata" ->> '$."count"' AS REAL) END, CASE
        WHEN json_type("threads"."metadata", '$."priority"') IN ('integer', 'real') THEN
        CAST("threads"."metadata" ->> '$."priority"' AS REAL) END
        FROM "threads"
        WHERE "threads"."id" = ?2"#,
    )
    .gives(Json(json!({"f": -0.125, "b": true})), [(Some(-0.125), Some(true), None::<bool>, Some(3.0), None::<f64>)])
    .again(Json(json!({"f": "0.5", "b": 1})), [(None::<f64>, None::<bool>, None::<bool>, Some(3.0), None::<f64>)]);
}

#[test]
fn what_there_is() {
    query(|document: Document| {
        Thread::query().filter(|t| t.id.eq(4)).select(|t| {
            let document = value(document);
            (
                (
                    document.clone().json_type("a"),
                    document.clone().json_type("b"),
                    document.clone().has("a"),
                    document.has(("b", 0)),
                ),
                (
                    t.metadata.json_type("tags"),
                    t.metadata.json_type("count"),
                    t.metadata.has("priority"),
                    t.metadata.has("nothing"),
                ),
            )
        })
    })
    .postgres(
        r#"SELECT jsonb_typeof($1 -> 'a'), jsonb_typeof($1 -> 'b'), (($1 -> 'a') IS NOT NULL), (($1 -> 'b' -> 0) IS
        NOT NULL), jsonb_typeof("threads"."metadata" -> 'tags'), jsonb_typeof("threads"."metadata" -> 'count'),
        (("threads"."metadata" -> 'priority') IS NOT NULL), (("threads"."metadata" -> 'nothing') IS NOT NULL)
        FROM "threads"
        WHERE "threads"."id" = $2"#,
    )
    .mysql(
        r#"SELECT CASE json_type(json_extract(CAST(? AS JSON), '$."a"')) WHEN 'INTEGER' COLLATE utf8mb4_0900_bin
        THEN 'number' COLLATE utf8mb4_0900_bin WHEN 'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin THEN 'number'
        COLLATE utf8mb4_0900_bin WHEN 'DOUBLE' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin
        WHEN 'DECIMAL' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin ELSE
        lower(json_type(json_extract(CAST(? AS JSON), '$."a"'))) END, CASE json_type(json_extract(CAST(? AS
        JSON), '$."b"')) WHEN 'INTEGER' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin WHEN
        'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin WHEN 'DOUBLE' COLLATE
        utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin WHEN 'DECIMAL' COLLATE utf8mb4_0900_bin THEN
        'number' COLLATE utf8mb4_0900_bin ELSE lower(json_type(json_extract(CAST(? AS JSON), '$."b"'))) END,
        (json_extract(CAST(? AS JSON), '$."a"') IS NOT NULL), (json_extract(CAST(? AS JSON), '$."b"[0]') IS NOT
        NULL), CASE json_type(json_extract(`threads`.`metadata`, '$."tags"')) WHEN 'INTEGER' COLLATE
        utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin WHEN 'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin
        THEN 'number' COLLATE utf8mb4_0900_bin WHEN 'DOUBLE' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE
        utf8mb4_0900_bin WHEN 'DECIMAL' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin ELSE
        lower(json_type(json_extract(`threads`.`metadata`, '$."tags"'))) END, CASE
        json_type(json_extract(`threads`.`metadata`, '$."count"')) WHEN 'INTEGER' COLLATE utf8mb4_0900_bin THEN
        'number' COLLATE utf8mb4_0900_bin WHEN 'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE
        utf8mb4_0900_bin WHEN 'DOUBLE' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin WHEN
        'DECIMAL' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin ELSE
        lower(json_type(json_extract(`threads`.`metadata`, '$."count"'))) END,
        (json_extract(`threads`.`metadata`, '$."priority"') IS NOT NULL), (json_extract(`threads`.`metadata`,
        '$."nothing"') IS NOT NULL)
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CASE json_type(json_extract(?, '$."a"')) WHEN 'INTEGER' COLLATE utf8mb4_nopad_bin THEN 'number'
        COLLATE utf8mb4_nopad_bin WHEN 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE
        utf8mb4_nopad_bin WHEN 'DOUBLE' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin WHEN
        'DECIMAL' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin ELSE
        lower(json_type(json_extract(?, '$."a"'))) END, CASE json_type(json_extract(?, '$."b"')) WHEN 'INTEGER'
        COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin WHEN 'UNSIGNED INTEGER' COLLATE
        utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin WHEN 'DOUBLE' COLLATE utf8mb4_nopad_bin THEN
        'number' COLLATE utf8mb4_nopad_bin WHEN 'DECIMAL' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE
        utf8mb4_nopad_bin ELSE lower(json_type(json_extract(?, '$."b"'))) END, (json_extract(?, '$."a"') IS NOT
        NULL), (json_extract(?, '$."b"[0]') IS NOT NULL), CASE json_type(json_extract(`threads`.`metadata`,
        '$."tags"')) WHEN 'INTEGER' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin WHEN
        'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin WHEN 'DOUBLE'
        COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin WHEN 'DECIMAL' COLLATE
        utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin ELSE
        lower(json_type(json_extract(`threads`.`metadata`, '$."tags"'))) END, CASE
        json_type(json_extract(`threads`.`metadata`, '$."count"')) WHEN 'INTEGER' COLLATE utf8mb4_nopad_bin THEN
        'number' COLLATE utf8mb4_nopad_bin WHEN 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN 'number'
        COLLATE utf8mb4_nopad_bin WHEN 'DOUBLE' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin
        WHEN 'DECIMAL' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin ELSE
        lower(json_type(json_extract(`threads`.`metadata`, '$."count"'))) END,
        (json_extract(`threads`.`metadata`, '$."priority"') IS NOT NULL), (json_extract(`threads`.`metadata`,
        '$."nothing"') IS NOT NULL)
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE json_type(?1, '$."a"') WHEN 'text' THEN 'string' WHEN 'integer' THEN 'number' WHEN 'real'
        THEN 'number' WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' ELSE json_type(?1, '$."a"') END,
        CASE json_type(?1, '$."b"') WHEN 'text' THEN 'string' WHEN 'integer' THEN 'number' WHEN 'real' THEN
        'number' WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' ELSE json_type(?1, '$."b"') END,
        (json_type(?1, '$."a"') IS NOT NULL), (json_type(?1, '$."b"[0]') IS NOT NULL), CASE
        json_type("threads"."metadata", '$."tags"') WHEN 'text' THEN 'string' WHEN 'integer' THEN 'number' WHEN
        'real' THEN 'number' WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' ELSE
        json_type("threads"."metadata", '$."tags"') END, CASE json_type("threads"."metadata", '$."count"') WHEN
        'text' THEN 'string' WHEN 'integer' THEN 'number' WHEN 'real' THEN 'number' WHEN 'true' THEN 'boolean'
        WHEN 'false' THEN 'boolean' ELSE json_type("threads"."metadata", '$."count"') END,
        (json_type("threads"."metadata", '$."priority"') IS NOT NULL), (json_type("threads"."metadata",
        '$."nothing"') IS NOT NULL)
        FROM "threads"
        WHERE "threads"."id" = ?2"#,
    )
    .gives(
        Json(json!({"a": null, "b": [false]})),
        [((Some("null"), Some("array"), true, true), (Some("array"), Some("number"), true, false))],
    )
    .again(
        Json(json!({"a": 1.5, "b": []})),
        [((Some("number"), Some("array"), true, false), (Some("array"), Some("number"), true, false))],
    );
}

#[test]
fn kinds_of_values() {
    query(|document: Document| {
        Thread::query()
            .filter(|t| t.id.eq(1))
            .select(|_| (value(document.clone()).json_type("a"), value(document).json_type("b")))
    })
    .postgres(r#"SELECT jsonb_typeof($1 -> 'a'), jsonb_typeof($2 -> 'b') FROM "threads" WHERE "threads"."id" = $3"#)
    .mysql(
        r#"SELECT CASE json_type(json_extract(CAST(? AS JSON), '$."a"')) WHEN 'INTEGER' COLLATE utf8mb4_0900_bin
        THEN 'number' COLLATE utf8mb4_0900_bin WHEN 'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin THEN 'number'
        COLLATE utf8mb4_0900_bin WHEN 'DOUBLE' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin
        WHEN 'DECIMAL' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin ELSE
        lower(json_type(json_extract(CAST(? AS JSON), '$."a"'))) END, CASE json_type(json_extract(CAST(? AS
        JSON), '$."b"')) WHEN 'INTEGER' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin WHEN
        'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin WHEN 'DOUBLE' COLLATE
        utf8mb4_0900_bin THEN 'number' COLLATE utf8mb4_0900_bin WHEN 'DECIMAL' COLLATE utf8mb4_0900_bin THEN
        'number' COLLATE utf8mb4_0900_bin ELSE lower(json_type(json_extract(CAST(? AS JSON), '$."b"'))) END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CASE json_type(json_extract(?, '$."a"')) WHEN 'INTEGER' COLLATE utf8mb4_nopad_bin THEN 'number'
        COLLATE utf8mb4_nopad_bin WHEN 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE
        utf8mb4_nopad_bin WHEN 'DOUBLE' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin WHEN
        'DECIMAL' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin ELSE
        lower(json_type(json_extract(?, '$."a"'))) END, CASE json_type(json_extract(?, '$."b"')) WHEN 'INTEGER'
        COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin WHEN 'UNSIGNED INTEGER' COLLATE
        utf8mb4_nopad_bin THEN 'number' COLLATE utf8mb4_nopad_bin WHEN 'DOUBLE' COLLATE utf8mb4_nopad_bin THEN
        'number' COLLATE utf8mb4_nopad_bin WHEN 'DECIMAL' COLLATE utf8mb4_nopad_bin THEN 'number' COLLATE
        utf8mb4_nopad_bin ELSE lower(json_type(json_extract(?, '$."b"'))) END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE json_type(?1, '$."a"') WHEN 'text' THEN 'string' WHEN 'integer' THEN 'number' WHEN 'real'
        THEN 'number' WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' ELSE json_type(?1, '$."a"') END,
        CASE json_type(?2, '$."b"') WHEN 'text' THEN 'string' WHEN 'integer' THEN 'number' WHEN 'real' THEN
        'number' WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' ELSE json_type(?2, '$."b"') END
        FROM "threads"
        WHERE "threads"."id" = ?3"#,
    )
    .gives(Json(json!({"a": true})), [(Some("boolean"), None::<String>)])
    .again(Json(json!({"a": {}, "b": "x"})), [(Some("object"), Some("string"))]);
}

#[test]
fn a_place_as_a_rust_type() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.eq(id))
            .select(|t| (t.metadata.json_as::<Vec<String>>("tags"), t.metadata.json_array_length()))
    })
    .postgres(
        r#"SELECT "threads"."metadata" -> 'tags', CASE WHEN jsonb_typeof("threads"."metadata") = 'array' THEN
        jsonb_array_length("threads"."metadata") END
        FROM "threads"
        WHERE "threads"."id" = $1"#,
    )
    .mysql(
        r#"SELECT json_extract(`threads`.`metadata`, '$."tags"'), CASE WHEN json_type(`threads`.`metadata`) =
        'ARRAY' COLLATE utf8mb4_0900_bin THEN json_length(`threads`.`metadata`) END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT json_extract(`threads`.`metadata`, '$."tags"'), CASE WHEN json_type(`threads`.`metadata`) =
        'ARRAY' THEN json_length(`threads`.`metadata`) END
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT "threads"."metadata" -> '$."tags"', CASE WHEN json_type("threads"."metadata") = 'array' THEN
        json_array_length("threads"."metadata") END
        FROM "threads"
        WHERE "threads"."id" = ?1"#,
    )
    .gives(1, [(Some(Json(vec!["a".to_owned(), "b".to_owned()])), None::<i32>)])
    .again(2, [(Some(Json(Vec::<String>::new())), None::<i32>)]);
}
