//! Documents that are compared: by what they say, not by how they are written.

use relvar_sql_tests::prelude::*;

#[test]
fn a_list_in_a_document_equals_another() {
    query(|tags: [&str; 2]| {
        Thread::query()
            .filter(|t| t.metadata.json("tags").eq(Json(json!(tags))) | t.metadata.json("tags").is_null())
            .select(|t| t.id)
    })
    .postgres(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE ("threads"."metadata" -> 'tags') = $1 OR ("threads"."metadata" -> 'tags') IS NULL"#,
    )
    .mysql(
        r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE json_extract(`threads`.`metadata`, '$."tags"') = CAST(? AS JSON) OR
        json_extract(`threads`.`metadata`, '$."tags"') IS NULL"#,
    )
    .mariadb(
        r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE json_normalize(json_extract(`threads`.`metadata`, '$."tags"')) = json_normalize(?) OR
        json_extract(`threads`.`metadata`, '$."tags"') IS NULL"#,
    )
    .sqlite(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE relvar_json("threads"."metadata" -> '$."tags"') = relvar_json(?1) OR ("threads"."metadata" ->
        '$."tags"') IS NULL"#,
    )
    .gives(["a", "b"], [1])
    .again(["b", "a"], [0i64; 0]);
}

#[test]
fn the_order_of_keys_does_not_count() {
    query(|priority: &str| {
        let one = Json(json!({ "tags": [], "priority": priority }));
        Thread::query().filter(|t| t.metadata.eq(one)).select(|t| t.id)
    })
    .postgres(r#"SELECT "threads"."id" FROM "threads" WHERE "threads"."metadata" = $1"#)
    .mysql(r#"SELECT `threads`.`id` FROM `threads` WHERE `threads`.`metadata` = CAST(? AS JSON)"#)
    .mariadb(r#"SELECT `threads`.`id` FROM `threads` WHERE json_normalize(`threads`.`metadata`) = json_normalize(?)"#)
    .sqlite(r#"SELECT "threads"."id" FROM "threads" WHERE relvar_json("threads"."metadata") = relvar_json(?1)"#)
    .gives("low", [2])
    .again("high", [0i64; 0]);
}

#[test]
fn a_number_equals_itself_however_it_is_written() {
    query(|count: f64| Thread::query().filter(|t| t.metadata.json("count").eq(Json(json!(count)))).select(|t| t.id))
        .postgres(r#"SELECT "threads"."id" FROM "threads" WHERE ("threads"."metadata" -> 'count') = $1"#)
        .mysql(
            r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE json_extract(`threads`.`metadata`, '$."count"') = CAST(? AS JSON)"#,
        )
        .mariadb(
            r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE json_normalize(json_extract(`threads`.`metadata`, '$."count"')) = json_normalize(?)"#,
        )
        .sqlite(
            r#"SELECT "threads"."id"
        FROM "threads"
        WHERE relvar_json("threads"."metadata" -> '$."count"') = relvar_json(?1)"#,
        )
        .gives(3.0, [4])
        .again(3.5, [0i64; 0]);
}

#[test]
fn a_document_in_a_list() {
    query(|tags: &str| {
        let lists = [Json(json!([tags])), Json(json!([]))];
        Thread::query().filter(|t| t.metadata.json("tags").in_list(lists)).order_by(|t| t.id.asc()).select(|t| t.id)
    })
    .postgres(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE ("threads"."metadata" -> 'tags') IN ($1, $2)
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE json_extract(`threads`.`metadata`, '$."tags"') IN (CAST(? AS JSON), CAST(? AS JSON))
        ORDER BY `threads`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE json_normalize(json_extract(`threads`.`metadata`, '$."tags"')) IN (json_normalize(?),
        json_normalize(?))
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE relvar_json("threads"."metadata" -> '$."tags"') IN (relvar_json(?1), relvar_json(?2))
        ORDER BY "threads"."id" ASC"#,
    )
    .gives("b", [2, 3])
    .again("c", [2, 4]);
}

#[test]
fn a_document_that_is_distinct_from_another() {
    query(|owner: &str| {
        let owner = Json(json!({ "name": owner }));
        Thread::query()
            .filter(|t| t.metadata.json("owner").is_distinct_from(owner))
            .order_by(|t| t.id.asc())
            .select(|t| t.id)
    })
    .postgres(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE ("threads"."metadata" -> 'owner') IS DISTINCT FROM $1
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE (NOT (json_extract(`threads`.`metadata`, '$."owner"') <=> CAST(? AS JSON)))
        ORDER BY `threads`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE (NOT (json_normalize(json_extract(`threads`.`metadata`, '$."owner"')) <=> json_normalize(?)))
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE relvar_json("threads"."metadata" -> '$."owner"') IS NOT relvar_json(?1)
        ORDER BY "threads"."id" ASC"#,
    )
    .gives("Ann", [2, 3, 4])
    .again("Bob", [1, 2, 3, 4]);
}
