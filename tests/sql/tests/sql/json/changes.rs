//! JSON documents changed, merged and searched.

use relvar_sql_tests::prelude::*;

#[test]
fn values_put_into_documents() {
    query(|text: &str| {
        Thread::query().filter(|t| t.id.in_list([1, 2])).order_by(|t| t.id.asc()).select(|t| {
            (
                t.metadata
                    .json_set("priority", text)
                    .json_set(("owner", "name"), text)
                    .json_set(("owner", "none", "x"), 1),
                t.metadata.json_set(("tags", 1), json!({"deep": [true, null, 1.5]})),
            )
        })
    })
    .postgres(
        r#"SELECT jsonb_set(jsonb_set(jsonb_set("threads"."metadata", ARRAY['priority'], $1, TRUE),
        ARRAY['owner', 'name'], $2, TRUE), ARRAY['owner', 'none', 'x'], $3, TRUE),
        jsonb_set("threads"."metadata", ARRAY['tags', '1'], $4, TRUE)
        FROM "threads"
        WHERE "threads"."id" = ANY($5)
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql(
        r#"SELECT json_set(json_set(json_set(`threads`.`metadata`, '$."priority"', CAST(? AS JSON)),
        '$."owner"."name"', CAST(? AS JSON)), '$."owner"."none"."x"', CAST(? AS JSON)),
        json_set(`threads`.`metadata`, '$."tags"[1]', CAST(? AS JSON))
        FROM `threads`
        WHERE `threads`.`id` IN (?, ?)
        ORDER BY `threads`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT json_set(json_set(json_set(`threads`.`metadata`, '$."priority"', json_extract(?, '$')),
        '$."owner"."name"', json_extract(?, '$')), '$."owner"."none"."x"', json_extract(?, '$')),
        json_set(`threads`.`metadata`, '$."tags"[1]', json_extract(?, '$'))
        FROM `threads`
        WHERE `threads`.`id` IN (?, ?)
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN json_type(CASE WHEN json_type(json_set("threads"."metadata", '$."priority"',
        json(?1)), '$."owner"') IS NULL THEN json(json_set("threads"."metadata", '$."priority"', json(?1)))
        ELSE json_set(json_set("threads"."metadata", '$."priority"', json(?1)), '$."owner"."name"', json(?2))
        END, '$."owner"."none"') IS NULL THEN json(CASE WHEN json_type(json_set("threads"."metadata",
        '$."priority"', json(?1)), '$."owner"') IS NULL THEN json(json_set("threads"."metadata",
        '$."priority"', json(?1))) ELSE json_set(json_set("threads"."metadata", '$."priority"', json(?1)),
        '$."owner"."name"', json(?2)) END) ELSE json_set(CASE WHEN json_type(json_set("threads"."metadata",
        '$."priority"', json(?1)), '$."owner"') IS NULL THEN json(json_set("threads"."metadata",
        '$."priority"', json(?1))) ELSE json_set(json_set("threads"."metadata", '$."priority"', json(?1)),
        '$."owner"."name"', json(?2)) END, '$."owner"."none"."x"', json(?3)) END, CASE WHEN
        json_type("threads"."metadata", '$."tags"') IS NULL THEN json("threads"."metadata") ELSE
        json_set("threads"."metadata", CASE WHEN json_array_length("threads"."metadata", '$."tags"') <= 1
        THEN '$."tags"[#]' ELSE '$."tags"[1]' END, json(?4)) END
        FROM "threads"
        WHERE "threads"."id" IN (?5, ?6)
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(
        "it's \"é\" \\ 🦀",
        [
            (
                Json(
                    json!({"priority": "it's \"é\" \\ 🦀", "tags": ["a", "b"], "owner": {"name": "it's \"é\" \\ 🦀"}}),
                ),
                Json(json!({"priority": "high", "tags": ["a", {"deep": [true, null, 1.5]}], "owner": {"name": "Ann"}})),
            ),
            (
                Json(json!({"priority": "it's \"é\" \\ 🦀", "tags": []})),
                Json(json!({"priority": "low", "tags": [{"deep": [true, null, 1.5]}]})),
            ),
        ],
    )
    .again(
        "$1 ? %_",
        [
            (
                Json(json!({"priority": "$1 ? %_", "tags": ["a", "b"], "owner": {"name": "$1 ? %_"}})),
                Json(json!({"priority": "high", "tags": ["a", {"deep": [true, null, 1.5]}], "owner": {"name": "Ann"}})),
            ),
            (
                Json(json!({"priority": "$1 ? %_", "tags": []})),
                Json(json!({"priority": "low", "tags": [{"deep": [true, null, 1.5]}]})),
            ),
        ],
    );
}

#[test]
fn values_inserted_replaced_and_removed() {
    query(|n: i64| {
        Thread::query().filter(|t| t.id.in_list([2, 4])).order_by(|t| t.id.asc()).select(|t| {
            (
                t.metadata.json_insert("count", n).json_insert(("tags", 0), n),
                t.metadata.json_replace("count", n).json_replace("priority", json!([n])),
                t.metadata.json_remove("count").json_remove(("tags", 0)),
            )
        })
    })
    .postgres(
        r#"SELECT CASE WHEN (CASE WHEN ("threads"."metadata" -> 'count') IS NULL THEN
        jsonb_set("threads"."metadata", ARRAY['count'], $1, TRUE) ELSE "threads"."metadata" END -> 'tags' ->
        0) IS NULL THEN jsonb_set(CASE WHEN ("threads"."metadata" -> 'count') IS NULL THEN
        jsonb_set("threads"."metadata", ARRAY['count'], $1, TRUE) ELSE "threads"."metadata" END,
        ARRAY['tags', '0'], $2, TRUE) ELSE CASE WHEN ("threads"."metadata" -> 'count') IS NULL THEN
        jsonb_set("threads"."metadata", ARRAY['count'], $1, TRUE) ELSE "threads"."metadata" END END,
        jsonb_set(jsonb_set("threads"."metadata", ARRAY['count'], $3, FALSE), ARRAY['priority'], $4, FALSE),
        (("threads"."metadata" #- ARRAY['count']) #- ARRAY['tags', '0'])
        FROM "threads"
        WHERE "threads"."id" = ANY($5)
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql(
        r#"SELECT json_insert(json_insert(`threads`.`metadata`, '$."count"', CAST(? AS JSON)), '$."tags"[0]',
        CAST(? AS JSON)), json_replace(json_replace(`threads`.`metadata`, '$."count"', CAST(? AS JSON)),
        '$."priority"', CAST(? AS JSON)), json_remove(json_remove(`threads`.`metadata`, '$."count"'),
        '$."tags"[0]')
        FROM `threads`
        WHERE `threads`.`id` IN (?, ?)
        ORDER BY `threads`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT json_insert(json_insert(`threads`.`metadata`, '$."count"', json_extract(?, '$')),
        '$."tags"[0]', json_extract(?, '$')), json_replace(json_replace(`threads`.`metadata`, '$."count"',
        json_extract(?, '$')), '$."priority"', json_extract(?, '$')),
        json_remove(json_remove(`threads`.`metadata`, '$."count"'), '$."tags"[0]')
        FROM `threads`
        WHERE `threads`.`id` IN (?, ?)
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN json_type(json_insert("threads"."metadata", '$."count"', json(?1)), '$."tags"') IS
        NULL THEN json(json_insert("threads"."metadata", '$."count"', json(?1))) ELSE
        json_insert(json_insert("threads"."metadata", '$."count"', json(?1)), CASE WHEN
        json_array_length(json_insert("threads"."metadata", '$."count"', json(?1)), '$."tags"') <= 0 THEN
        '$."tags"[#]' ELSE '$."tags"[0]' END, json(?2)) END, json_replace(json_replace("threads"."metadata",
        '$."count"', json(?3)), '$."priority"', json(?4)), json_remove(json_remove("threads"."metadata",
        '$."count"'), '$."tags"[0]')
        FROM "threads"
        WHERE "threads"."id" IN (?5, ?6)
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(
        7,
        [
            (
                Json(json!({"priority": "low", "tags": [7], "count": 7})),
                Json(json!({"priority": [7], "tags": []})),
                Json(json!({"priority": "low", "tags": []})),
            ),
            (
                Json(json!({"priority": null, "tags": ["c"], "count": 3})),
                Json(json!({"priority": [7], "tags": ["c"], "count": 7})),
                Json(json!({"priority": null, "tags": []})),
            ),
        ],
    )
    .again(
        -1,
        [
            (
                Json(json!({"priority": "low", "tags": [-1], "count": -1})),
                Json(json!({"priority": [-1], "tags": []})),
                Json(json!({"priority": "low", "tags": []})),
            ),
            (
                Json(json!({"priority": null, "tags": ["c"], "count": 3})),
                Json(json!({"priority": [-1], "tags": ["c"], "count": -1})),
                Json(json!({"priority": null, "tags": []})),
            ),
        ],
    );
}

#[test]
fn keys_that_would_break_out_of_a_path() {
    query(|n: i64| {
        Thread::query().filter(|t| t.id.eq(3)).select(|t| {
            let changed = t
                .metadata
                .json_set(("it's", "a\"b", 0), n)
                .json_set("$.x'\\", n)
                .json_set("{a,b}", true)
                .json_remove("tags");
            (
                changed.clone().integer("$.x'\\"),
                changed.boolean("{a,b}"),
                t.metadata.json_set(("it's", "a\"b", 0), n).json_remove("tags"),
            )
        })
    })
    .postgres(
        r#"SELECT CASE WHEN jsonb_typeof((jsonb_set(jsonb_set(jsonb_set("threads"."metadata", ARRAY['it''s', 'a"b',
        '0'], $1, TRUE), ARRAY[E'$.x''\\'], $2, TRUE), ARRAY['{a,b}'], $3, TRUE) #- ARRAY['tags']) -> E'$.x''\\')
        = 'number' THEN CASE WHEN CAST((jsonb_set(jsonb_set(jsonb_set("threads"."metadata", ARRAY['it''s', 'a"b',
        '0'], $1, TRUE), ARRAY[E'$.x''\\'], $2, TRUE), ARRAY['{a,b}'], $3, TRUE) #- ARRAY['tags']) -> E'$.x''\\'
        AS numeric) = trunc(CAST((jsonb_set(jsonb_set(jsonb_set("threads"."metadata", ARRAY['it''s', 'a"b', '0'],
        $1, TRUE), ARRAY[E'$.x''\\'], $2, TRUE), ARRAY['{a,b}'], $3, TRUE) #- ARRAY['tags']) -> E'$.x''\\' AS
        numeric)) AND CAST((jsonb_set(jsonb_set(jsonb_set("threads"."metadata", ARRAY['it''s', 'a"b', '0'], $1,
        TRUE), ARRAY[E'$.x''\\'], $2, TRUE), ARRAY['{a,b}'], $3, TRUE) #- ARRAY['tags']) -> E'$.x''\\' AS
        numeric) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN
        CAST((jsonb_set(jsonb_set(jsonb_set("threads"."metadata", ARRAY['it''s', 'a"b', '0'], $1, TRUE),
        ARRAY[E'$.x''\\'], $2, TRUE), ARRAY['{a,b}'], $3, TRUE) #- ARRAY['tags']) -> E'$.x''\\' AS bigint) END
        END, CASE WHEN jsonb_typeof((jsonb_set(jsonb_set(jsonb_set("threads"."metadata", ARRAY['it''s', 'a"b',
        '0'], $1, TRUE), ARRAY[E'$.x''\\'], $2, TRUE), ARRAY['{a,b}'], $3, TRUE) #- ARRAY['tags']) -> '{a,b}') =
        'boolean' THEN CAST((jsonb_set(jsonb_set(jsonb_set("threads"."metadata", ARRAY['it''s', 'a"b', '0'], $1,
        TRUE), ARRAY[E'$.x''\\'], $2, TRUE), ARRAY['{a,b}'], $3, TRUE) #- ARRAY['tags']) -> '{a,b}' AS boolean)
        END, (jsonb_set("threads"."metadata", ARRAY['it''s', 'a"b', '0'], $4, TRUE) #- ARRAY['tags'])
        FROM "threads"
        WHERE "threads"."id" = $5"#,
    )
    .mysql(
        r#"SELECT CASE WHEN json_type(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`,
        _utf8mb4 X'242E2269742773222E22615C2262225B305D', CAST(? AS JSON)), _utf8mb4 X'242E22242E78275C5C22',
        CAST(? AS JSON)), '$."{a,b}"', CAST(? AS JSON)), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22')) =
        'UNSIGNED INTEGER' COLLATE utf8mb4_0900_bin THEN CASE WHEN
        CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', CAST(? AS JSON)), _utf8mb4 X'242E22242E78275C5C22', CAST(? AS
        JSON)), '$."{a,b}"', CAST(? AS JSON)), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22') AS UNSIGNED) <=
        9223372036854775807 THEN CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`,
        _utf8mb4 X'242E2269742773222E22615C2262225B305D', CAST(? AS JSON)), _utf8mb4 X'242E22242E78275C5C22',
        CAST(? AS JSON)), '$."{a,b}"', CAST(? AS JSON)), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22') AS
        SIGNED) END WHEN json_type(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`,
        _utf8mb4 X'242E2269742773222E22615C2262225B305D', CAST(? AS JSON)), _utf8mb4 X'242E22242E78275C5C22',
        CAST(? AS JSON)), '$."{a,b}"', CAST(? AS JSON)), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22')) IN
        ('INTEGER' COLLATE utf8mb4_0900_bin, 'DOUBLE' COLLATE utf8mb4_0900_bin, 'DECIMAL' COLLATE
        utf8mb4_0900_bin) THEN CASE WHEN
        CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', CAST(? AS JSON)), _utf8mb4 X'242E22242E78275C5C22', CAST(? AS
        JSON)), '$."{a,b}"', CAST(? AS JSON)), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22') AS DECIMAL(65, 30))
        = truncate(CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', CAST(? AS JSON)), _utf8mb4 X'242E22242E78275C5C22', CAST(? AS
        JSON)), '$."{a,b}"', CAST(? AS JSON)), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22') AS DECIMAL(65,
        30)), 0) AND CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', CAST(? AS JSON)), _utf8mb4 X'242E22242E78275C5C22', CAST(? AS
        JSON)), '$."{a,b}"', CAST(? AS JSON)), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22') AS DECIMAL(65, 30))
        BETWEEN -9223372036854775808 AND 9223372036854775807 THEN
        CAST(CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', CAST(? AS JSON)), _utf8mb4 X'242E22242E78275C5C22', CAST(? AS
        JSON)), '$."{a,b}"', CAST(? AS JSON)), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22') AS DECIMAL(65, 30))
        AS SIGNED) END END, CASE WHEN
        json_type(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', CAST(? AS JSON)), _utf8mb4 X'242E22242E78275C5C22', CAST(? AS
        JSON)), '$."{a,b}"', CAST(? AS JSON)), '$."tags"'), '$."{a,b}"')) = 'BOOLEAN' COLLATE utf8mb4_0900_bin
        THEN json_unquote(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', CAST(? AS JSON)), _utf8mb4 X'242E22242E78275C5C22', CAST(? AS
        JSON)), '$."{a,b}"', CAST(? AS JSON)), '$."tags"'), '$."{a,b}"')) = 'true' COLLATE utf8mb4_0900_bin END,
        json_remove(json_set(`threads`.`metadata`, _utf8mb4 X'242E2269742773222E22615C2262225B305D', CAST(? AS
        JSON)), '$."tags"')
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CASE WHEN json_type(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`,
        _utf8mb4 X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), _utf8mb4
        X'242E22242E78275C5C22', json_extract(?, '$')), '$."{a,b}"', json_extract(?, '$')), '$."tags"'), _utf8mb4
        X'242E22242E78275C5C22')) = 'UNSIGNED INTEGER' COLLATE utf8mb4_nopad_bin THEN CASE WHEN
        CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), _utf8mb4 X'242E22242E78275C5C22',
        json_extract(?, '$')), '$."{a,b}"', json_extract(?, '$')), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22')
        AS UNSIGNED) <= 9223372036854775807 THEN
        CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), _utf8mb4 X'242E22242E78275C5C22',
        json_extract(?, '$')), '$."{a,b}"', json_extract(?, '$')), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22')
        AS SIGNED) END WHEN json_type(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`,
        _utf8mb4 X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), _utf8mb4
        X'242E22242E78275C5C22', json_extract(?, '$')), '$."{a,b}"', json_extract(?, '$')), '$."tags"'), _utf8mb4
        X'242E22242E78275C5C22')) IN ('INTEGER' COLLATE utf8mb4_nopad_bin, 'DOUBLE' COLLATE utf8mb4_nopad_bin,
        'DECIMAL' COLLATE utf8mb4_nopad_bin) THEN CASE WHEN
        CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), _utf8mb4 X'242E22242E78275C5C22',
        json_extract(?, '$')), '$."{a,b}"', json_extract(?, '$')), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22')
        AS DECIMAL(65, 30)) =
        truncate(CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), _utf8mb4 X'242E22242E78275C5C22',
        json_extract(?, '$')), '$."{a,b}"', json_extract(?, '$')), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22')
        AS DECIMAL(65, 30)), 0) AND
        CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), _utf8mb4 X'242E22242E78275C5C22',
        json_extract(?, '$')), '$."{a,b}"', json_extract(?, '$')), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22')
        AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND 9223372036854775807 THEN
        CAST(CAST(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), _utf8mb4 X'242E22242E78275C5C22',
        json_extract(?, '$')), '$."{a,b}"', json_extract(?, '$')), '$."tags"'), _utf8mb4 X'242E22242E78275C5C22')
        AS DECIMAL(65, 30)) AS SIGNED) END END, CASE WHEN
        json_type(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), _utf8mb4 X'242E22242E78275C5C22',
        json_extract(?, '$')), '$."{a,b}"', json_extract(?, '$')), '$."tags"'), '$."{a,b}"')) = 'BOOLEAN' COLLATE
        utf8mb4_nopad_bin THEN
        json_unquote(json_extract(json_remove(json_set(json_set(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), _utf8mb4 X'242E22242E78275C5C22',
        json_extract(?, '$')), '$."{a,b}"', json_extract(?, '$')), '$."tags"'), '$."{a,b}"')) = 'true' COLLATE
        utf8mb4_nopad_bin END, json_remove(json_set(`threads`.`metadata`, _utf8mb4
        X'242E2269742773222E22615C2262225B305D', json_extract(?, '$')), '$."tags"')
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE json_type(json_remove(json_set(json_set(CASE WHEN json_type("threads"."metadata",
        '$."it''s"."a\"b"') IS NULL THEN json("threads"."metadata") ELSE json_set("threads"."metadata", CASE WHEN
        json_array_length("threads"."metadata", '$."it''s"."a\"b"') <= 0 THEN '$."it''s"."a\"b"[#]' ELSE
        '$."it''s"."a\"b"[0]' END, json(?1)) END, '$."$.x''\\"', json(?2)), '$."{a,b}"', json(?3)), '$."tags"'),
        '$."$.x''\\"') WHEN 'integer' THEN CASE typeof(json_remove(json_set(json_set(CASE WHEN
        json_type("threads"."metadata", '$."it''s"."a\"b"') IS NULL THEN json("threads"."metadata") ELSE
        json_set("threads"."metadata", CASE WHEN json_array_length("threads"."metadata", '$."it''s"."a\"b"') <= 0
        THEN '$."it''s"."a\"b"[#]' ELSE '$."it''s"."a\"b"[0]' END, json(?1)) END, '$."$.x''\\"', json(?2)),
        '$."{a,b}"', json(?3)), '$."tags"') ->> '$."$.x''\\"') WHEN 'integer' THEN
        json_remove(json_set(json_set(CASE WHEN json_type("threads"."metadata", '$."it''s"."a\"b"') IS NULL THEN
        json("threads"."metadata") ELSE json_set("threads"."metadata", CASE WHEN
        json_array_length("threads"."metadata", '$."it''s"."a\"b"') <= 0 THEN '$."it''s"."a\"b"[#]' ELSE
        '$."it''s"."a\"b"[0]' END, json(?1)) END, '$."$.x''\\"', json(?2)), '$."{a,b}"', json(?3)), '$."tags"')
        ->> '$."$.x''\\"' END WHEN 'real' THEN CASE WHEN json_remove(json_set(json_set(CASE WHEN
        json_type("threads"."metadata", '$."it''s"."a\"b"') IS NULL THEN json("threads"."metadata") ELSE
        json_set("threads"."metadata", CASE WHEN json_array_length("threads"."metadata", '$."it''s"."a\"b"') <= 0
        THEN '$."it''s"."a\"b"[#]' ELSE '$."it''s"."a\"b"[0]' END, json(?1)) END, '$."$.x''\\"', json(?2)),
        '$."{a,b}"', json(?3)), '$."tags"') ->> '$."$.x''\\"' = CAST(json_remove(json_set(json_set(CASE WHEN
        json_type("threads"."metadata", '$."it''s"."a\"b"') IS NULL THEN json("threads"."metadata") ELSE
        json_set("threads"."metadata", CASE WHEN json_array_length("threads"."metadata", '$."it''s"."a\"b"') <= 0
        THEN '$."it''s"."a\"b"[#]' ELSE '$."it''s"."a\"b"[0]' END, json(?1)) END, '$."$.x''\\"', json(?2)),
        '$."{a,b}"', json(?3)), '$."tags"') ->> '$."$.x''\\"' AS INTEGER) THEN
        CAST(json_remove(json_set(json_set(CASE WHEN json_type("threads"."metadata", '$."it''s"."a\"b"') IS NULL
        THEN json("threads"."metadata") ELSE json_set("threads"."metadata", CASE WHEN
        json_array_length("threads"."metadata", '$."it''s"."a\"b"') <= 0 THEN '$."it''s"."a\"b"[#]' ELSE
        '$."it''s"."a\"b"[0]' END, json(?1)) END, '$."$.x''\\"', json(?2)), '$."{a,b}"', json(?3)), '$."tags"')
        ->> '$."$.x''\\"' AS INTEGER) END END, CASE json_type(json_remove(json_set(json_set(CASE WHEN
        json_type("threads"."metadata", '$."it''s"."a\"b"') IS NULL THEN json("threads"."metadata") ELSE
        json_set("threads"."metadata", CASE WHEN json_array_length("threads"."metadata", '$."it''s"."a\"b"') <= 0
        THEN '$."it''s"."a\"b"[#]' ELSE '$."it''s"."a\"b"[0]' END, json(?1)) END, '$."$.x''\\"', json(?2)),
        '$."{a,b}"', json(?3)), '$."tags"'), '$."{a,b}"') WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END,
        json_remove(CASE WHEN json_type("threads"."metadata", '$."it''s"."a\"b"') IS NULL THEN
        json("threads"."metadata") ELSE json_set("threads"."metadata", CASE WHEN
        json_array_length("threads"."metadata", '$."it''s"."a\"b"') <= 0 THEN '$."it''s"."a\"b"[#]' ELSE
        '$."it''s"."a\"b"[0]' END, json(?4)) END, '$."tags"')
        FROM "threads"
        WHERE "threads"."id" = ?5"#,
    )
    .gives(5, [(Some(5), Some(true), Json(json!({"it's": {"a\"b": [5, 20]}})))])
    .again(6, [(Some(6), Some(true), Json(json!({"it's": {"a\"b": [6, 20]}})))]);
}

#[test]
fn a_document_changed_where_it_is() {
    change(
        |name: &str| {
            Thread::update()
                .filter(|t| t.id.eq(1))
                .set(|t| t.metadata.set(t.metadata.json_set(("owner", "name"), name)))
        },
        || Thread::query().filter(|t| t.metadata.has("owner")).select(|t| t.metadata.text(("owner", "name"))),
    )
    .postgres(
        r#"UPDATE "threads" SET "metadata" = jsonb_set("threads"."metadata", ARRAY['owner', 'name'], $1, TRUE),
        "updated_at" = now()
        WHERE "threads"."id" = $2"#,
    )
    .mysql(
        r#"UPDATE `threads` SET `metadata` = json_set(`threads`.`metadata`, '$."owner"."name"', CAST(? AS
        JSON)), `updated_at` = CURRENT_TIMESTAMP(6)
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"UPDATE `threads` SET `metadata` = json_set(`threads`.`metadata`, '$."owner"."name"', json_extract(?,
        '$')), `updated_at` = CURRENT_TIMESTAMP(6)
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"UPDATE "threads" SET "metadata" = CASE WHEN json_type("threads"."metadata", '$."owner"') IS NULL THEN
        json("threads"."metadata") ELSE json_set("threads"."metadata", '$."owner"."name"', json(?1)) END,
        "updated_at" = strftime('%Y-%m-%d %H:%M:%f000', 'now')
        WHERE "threads"."id" = ?2"#,
    )
    .gives("Zoë", (1, [Some("Zoë")]))
    .again("null", (1, [Some("null")]));
}

#[test]
fn documents_merged_by_rfc_7396() {
    query(|name: &str| {
        Memo::query()
            .filter(|t| t.id.eq(1))
            .select(|t| t.metadata.json_merge_patch(json!({"tags": null, "owner": {"name": name}, "x": 1})))
    })
    .postgres(DoesNotCompile)
    .mysql(
        r#"SELECT json_merge_patch(`threads`.`metadata`, CAST(? AS JSON))
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(r#"SELECT json_merge_patch(`threads`.`metadata`, ?) FROM `threads` WHERE `threads`.`id` = ?"#)
    .sqlite(r#"SELECT json_patch("threads"."metadata", ?1) FROM "threads" WHERE "threads"."id" = ?2"#)
    .gives("Bob", [Json(json!({"priority": "high", "owner": {"name": "Bob"}, "x": 1}))])
    .again("'", [Json(json!({"priority": "high", "owner": {"name": "'"}, "x": 1}))]);
}

#[test]
fn operators_of_documents() {
    query(|key: &str| {
        Report::query().filter(|r| r.metadata.has_key(key)).order_by(|r| r.id.asc()).select(|r| {
            (
                r.id,
                r.metadata.has_any_key(["count", "owner"]),
                r.metadata.has_all_keys(["tags", key]),
                r.metadata.json_concat(json!({"tags": 1})).integer("tags"),
            )
        })
    })
    .postgres(
        r#"SELECT "threads"."id", "threads"."metadata" ?| $1, "threads"."metadata" ?& $2, CASE WHEN
        jsonb_typeof((("threads"."metadata") || ($3)) -> 'tags') = 'number' THEN CASE WHEN
        CAST((("threads"."metadata") || ($3)) -> 'tags' AS numeric) = trunc(CAST((("threads"."metadata") ||
        ($3)) -> 'tags' AS numeric)) AND CAST((("threads"."metadata") || ($3)) -> 'tags' AS numeric) BETWEEN
        -9223372036854775808 AND 9223372036854775807 THEN CAST((("threads"."metadata") || ($3)) -> 'tags' AS
        bigint) END END
        FROM "threads"
        WHERE "threads"."metadata" ? $4
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        "priority",
        [
            (1, Some(true), Some(true), Some(1)),
            (2, Some(false), Some(true), Some(1)),
            (4, Some(true), Some(true), Some(1)),
        ],
    )
    .again("it's", [(3, Some(false), Some(true), Some(1))]);
}

#[test]
fn documents_within_others() {
    query(|whole: serde_json::Value| Report::query().filter(|r| r.metadata.json_contained_by(whole)).select(|r| r.id))
        .postgres(r#"SELECT "threads"."id" FROM "threads" WHERE "threads"."metadata" <@ $1"#)
        .mysql_and_mariadb(DoesNotCompile)
        .sqlite(DoesNotCompile)
        .gives(json!({"priority": "low", "tags": ["x"], "more": 1}), [2])
        .again(json!({}), [0; 0]);
}

#[test]
fn paths_with_filters() {
    query(|least: i64| {
        Report::query().filter(|r| r.id.gte(3)).order_by(|r| r.id.asc()).select(|r| {
            (
                r.metadata.json_path_exists("$.count ? (@ >= $least)", json!({"least": least})),
                r.metadata.json_path_first("$.*.*[*] ? (@ > $least)", json!({"least": least})),
                r.metadata.json_path_all("$.tags[*]", json!({})),
            )
        })
    })
    .postgres(
        r#"SELECT jsonb_path_exists("threads"."metadata", CAST('$.count ? (@ >= $least)' AS jsonpath), $1),
        jsonb_path_query_first("threads"."metadata", CAST('$.*.*[*] ? (@ > $least)' AS jsonpath), $2),
        jsonb_path_query_array("threads"."metadata", CAST('$.tags[*]' AS jsonpath), $3)
        FROM "threads"
        WHERE "threads"."id" >= $4
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        3,
        [(Some(false), Some(Json(json!(10))), Some(Json(json!(["b"])))), (Some(true), None, Some(Json(json!(["c"]))))],
    )
    .again(
        15,
        [(Some(false), Some(Json(json!(20))), Some(Json(json!(["b"])))), (Some(false), None, Some(Json(json!(["c"]))))],
    );
}
