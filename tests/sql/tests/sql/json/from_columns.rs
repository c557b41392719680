//! Documents with what columns hold put into them.

use relvar_sql_tests::prelude::*;

#[test]
fn columns_are_put_into_a_document() {
    query(|id: i64| {
        Thread::query().filter(|t| t.id.eq(id)).select(|t| {
            let document = t.metadata.json_set("title", t.title).json_set("done", t.done);
            let document = document.json_insert("note", t.note).json_replace("tags", t.metadata.json("owner"));
            document.json_set("next", t.id + 1).json_remove("it's")
        })
    })
    .postgres(
        r#"SELECT (jsonb_set(jsonb_set(CASE WHEN (jsonb_set(jsonb_set("threads"."metadata", ARRAY['title'],
        coalesce(to_jsonb("threads"."title"), CAST('null' AS jsonb)), TRUE), ARRAY['done'],
        coalesce(to_jsonb("threads"."done"), CAST('null' AS jsonb)), TRUE) -> 'note') IS NULL THEN
        jsonb_set(jsonb_set(jsonb_set("threads"."metadata", ARRAY['title'], coalesce(to_jsonb("threads"."title"),
        CAST('null' AS jsonb)), TRUE), ARRAY['done'], coalesce(to_jsonb("threads"."done"), CAST('null' AS
        jsonb)), TRUE), ARRAY['note'], coalesce(to_jsonb("threads"."note"), CAST('null' AS jsonb)), TRUE) ELSE
        jsonb_set(jsonb_set("threads"."metadata", ARRAY['title'], coalesce(to_jsonb("threads"."title"),
        CAST('null' AS jsonb)), TRUE), ARRAY['done'], coalesce(to_jsonb("threads"."done"), CAST('null' AS
        jsonb)), TRUE) END, ARRAY['tags'], coalesce(to_jsonb("threads"."metadata" -> 'owner'), CAST('null' AS
        jsonb)), FALSE), ARRAY['next'], coalesce(to_jsonb("threads"."id" + $1), CAST('null' AS jsonb)), TRUE) #-
        ARRAY['it''s'])
        FROM "threads"
        WHERE "threads"."id" = $2"#,
    )
    .mysql(
        r#"SELECT json_remove(json_set(json_replace(json_insert(json_set(json_set(`threads`.`metadata`, '$."title"',
        `threads`.`title`), '$."done"', CAST(CASE WHEN `threads`.`done` THEN 'true' WHEN NOT (`threads`.`done`)
        THEN 'false' END AS JSON)), '$."note"', `threads`.`note`), '$."tags"', json_extract(`threads`.`metadata`,
        '$."owner"')), '$."next"', `threads`.`id` + ?), '$."it''s"')
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT json_remove(json_set(json_replace(json_insert(json_set(json_set(`threads`.`metadata`, '$."title"',
        ((`threads`.`title`) COLLATE utf8mb4_bin)), '$."done"', json_compact(CASE WHEN `threads`.`done` THEN
        'true' WHEN NOT (`threads`.`done`) THEN 'false' END)), '$."note"', ((`threads`.`note`) COLLATE
        utf8mb4_bin)), '$."tags"', json_compact(json_extract(`threads`.`metadata`, '$."owner"'))), '$."next"',
        `threads`.`id` + ?), '$."it''s"')
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT json_remove(json_set(json_replace(json_insert(json_set(json_set("threads"."metadata", '$."title"',
        "threads"."title"), '$."done"', json(CASE WHEN "threads"."done" THEN 'true' WHEN NOT ("threads"."done")
        THEN 'false' END)), '$."note"', "threads"."note"), '$."tags"', json("threads"."metadata" ->
        '$."owner"')), '$."next"', "threads"."id" + ?1), '$."it''s"')
        FROM "threads"
        WHERE "threads"."id" = ?2"#,
    )
    .gives(
        1,
        [Json(json!({
            "priority": "high", "tags": {"name": "Ann"}, "owner": {"name": "Ann"},
            "title": "Hello", "done": false, "note": "first", "next": 2
        }))],
    )
    .again(
        4,
        [Json(json!({
            "priority": null, "tags": null, "count": 3, "title": "Größe 🦀", "done": false, "note": null, "next": 5
        }))],
    );
}

#[test]
fn a_column_is_put_into_a_stored_document() {
    change(
        |id: i64| {
            Thread::update().filter(|t| t.id.eq(id)).set(|t| {
                t.metadata.set(t.metadata.json_set("was", t.title).json_set("kind", constant("old".to_owned())))
            })
        },
        || {
            Thread::query()
                .filter(|t| t.metadata.has("was"))
                .select(|t| (t.id, t.metadata.text("was"), t.metadata.text("kind")))
        },
    )
    .postgres(
        r#"UPDATE "threads"
        SET "metadata" = jsonb_set(jsonb_set("threads"."metadata", ARRAY['was'],
        coalesce(to_jsonb("threads"."title"), CAST('null' AS jsonb)), TRUE), ARRAY['kind'],
        coalesce(to_jsonb(CAST('old' AS text)), CAST('null' AS jsonb)), TRUE), "updated_at" = now()
        WHERE "threads"."id" = $1"#,
    )
    .mysql(
        r#"UPDATE `threads`
        SET `metadata` = json_set(json_set(`threads`.`metadata`, '$."was"', `threads`.`title`), '$."kind"',
        CAST('old' AS CHAR)), `updated_at` = CURRENT_TIMESTAMP(6)
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"UPDATE `threads`
        SET `metadata` = json_set(json_set(`threads`.`metadata`, '$."was"', ((`threads`.`title`) COLLATE
        utf8mb4_bin)), '$."kind"', ((CAST('old' AS CHAR)) COLLATE utf8mb4_bin)), `updated_at` =
        CURRENT_TIMESTAMP(6)
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"UPDATE "threads"
        SET "metadata" = json_set(json_set("threads"."metadata", '$."was"', "threads"."title"), '$."kind"',
        CAST('old' AS TEXT)), "updated_at" = strftime('%Y-%m-%d %H:%M:%f000', 'now')
        WHERE "threads"."id" = ?1"#,
    )
    .gives(1, (1, [(1, Some("Hello"), Some("old"))]))
    .again(2, (1, [(2, Some("100% sure"), Some("old"))]));
}
