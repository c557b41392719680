//! Documents made of expressions: objects, arrays, keys.

use relvar_sql_tests::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Row, Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Owner {
    name: String,
    age: Option<i32>,
    active: bool,
}

#[derive(Row, Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Label {
    title: String,
    #[row(nested)]
    owner: Owner,
    tags: Option<Json<Vec<String>>>,
}

#[test]
fn objects_of_keys_and_values() {
    query(|id: i64| {
        User::query().filter(|u| u.id.lte(id)).order_by(|u| u.id.asc()).select(|u| {
            json_object((("it's \"id\"", u.id), ("bio", u.bio), ("active", u.active), ("old", u.age.gt(40))))
        })
    })
    .postgres(
        r#"SELECT jsonb_build_object('it''s "id"', "users"."id", 'bio', "users"."bio", 'active', "users"."active",
        'old', "users"."age" > $1)
        FROM "users"
        WHERE "users"."id" <= $2
        ORDER BY "users"."id" ASC"#,
    )
    .mysql(
        r#"SELECT json_object('it''s "id"', `users`.`id`, 'bio', `users`.`bio`, 'active', CAST(CASE WHEN
        `users`.`active` THEN 'true' WHEN NOT (`users`.`active`) THEN 'false' END AS JSON), 'old', CAST(CASE WHEN
        `users`.`age` > ? THEN 'true' WHEN NOT (`users`.`age` > ?) THEN 'false' END AS JSON))
        FROM `users`
        WHERE `users`.`id` <= ?
        ORDER BY `users`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT json_object('it''s "id"', `users`.`id`, 'bio', ((`users`.`bio`) COLLATE utf8mb4_bin), 'active', json_compact(CASE WHEN
        `users`.`active` THEN 'true' WHEN NOT (`users`.`active`) THEN 'false' END), 'old', json_compact(CASE WHEN
        `users`.`age` > ? THEN 'true' WHEN NOT (`users`.`age` > ?) THEN 'false' END))
        FROM `users`
        WHERE `users`.`id` <= ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT json_object('it''s "id"', "users"."id", 'bio', "users"."bio", 'active', json(CASE WHEN
        "users"."active" THEN 'true' WHEN NOT ("users"."active") THEN 'false' END), 'old', json(CASE WHEN
        "users"."age" > ?1 THEN 'true' WHEN NOT ("users"."age" > ?1) THEN 'false' END))
        FROM "users"
        WHERE "users"."id" <= ?2
        ORDER BY "users"."id" ASC"#,
    )
    .gives(
        3,
        [
            Json(json!({"it's \"id\"": 1, "bio": "writes 100% of it", "active": true, "old": false})),
            Json(json!({"it's \"id\"": 2, "bio": null, "active": false, "old": true})),
            Json(json!({"it's \"id\"": 3, "bio": "snake_case \\ slash", "active": true, "old": null})),
        ],
    )
    .again(1, [Json(json!({"it's \"id\"": 1, "bio": "writes 100% of it", "active": true, "old": false}))]);
}

#[test]
fn objects_of_rows_and_rows_in_them() {
    query(|(id, title): (i64, &str)| {
        let title = title.to_owned();
        Thread::query().join(User::table(), |t, u| t.user_id.eq(u.id)).filter(|(t, _)| t.id.eq(id)).select(
            move |(t, u)| {
                json_object(LabelExprs {
                    title,
                    owner: OwnerExprs { name: u.name, age: u.age, active: u.active },
                    tags: t.metadata.json_as("tags"),
                })
            },
        )
    })
    .postgres(
        r#"SELECT jsonb_build_object('title', $1, 'owner', jsonb_build_object('name', "users"."name", 'age',
        "users"."age", 'active', "users"."active"), 'tags', "threads"."metadata" -> 'tags')
        FROM "threads"
        INNER JOIN "users" ON "threads"."user_id" = "users"."id"
        WHERE "threads"."id" = $2"#,
    )
    .mysql(
        r#"SELECT json_object('title', ?, 'owner', json_object('name', `users`.`name`, 'age', `users`.`age`,
        'active', CAST(CASE WHEN `users`.`active` THEN 'true' WHEN NOT (`users`.`active`) THEN 'false' END AS
        JSON)), 'tags', json_extract(`threads`.`metadata`, '$."tags"'))
        FROM `threads`
        INNER JOIN `users` ON `threads`.`user_id` = `users`.`id`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT json_object('title', ((?) COLLATE utf8mb4_bin), 'owner', json_object('name', ((`users`.`name`) COLLATE utf8mb4_bin), 'age', `users`.`age`,
        'active', json_compact(CASE WHEN `users`.`active` THEN 'true' WHEN NOT (`users`.`active`) THEN 'false'
        END)), 'tags', json_compact(json_extract(`threads`.`metadata`, '$."tags"')))
        FROM `threads`
        INNER JOIN `users` ON `threads`.`user_id` = `users`.`id`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT json_object('title', ?1, 'owner', json_object('name', "users"."name", 'age', "users"."age",
        'active', json(CASE WHEN "users"."active" THEN 'true' WHEN NOT ("users"."active") THEN 'false' END)),
        'tags', json("threads"."metadata" -> '$."tags"'))
        FROM "threads"
        INNER JOIN "users" ON "threads"."user_id" = "users"."id"
        WHERE "threads"."id" = ?2"#,
    )
    .gives(
        (1, "a \"title\""),
        [Json(Label {
            title: "a \"title\"".to_owned(),
            owner: Owner { name: "Ann".to_owned(), age: Some(31), active: true },
            tags: Some(Json(vec!["a".to_owned(), "b".to_owned()])),
        })],
    )
    .again(
        (4, ""),
        [Json(Label {
            title: String::new(),
            owner: Owner { name: "Zoë".to_owned(), age: None, active: true },
            tags: Some(Json(vec!["c".to_owned()])),
        })],
    );
}

#[test]
fn arrays_are_tuples() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.gte(id))
            .order_by(|t| t.id.asc())
            .select(|t| json_array((t.title, t.note, t.done, t.metadata.json("tags"), t.id)))
    })
    .postgres(
        r#"SELECT jsonb_build_array("threads"."title", "threads"."note", "threads"."done", "threads"."metadata" ->
        'tags', "threads"."id")
        FROM "threads"
        WHERE "threads"."id" >= $1
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql(
        r#"SELECT json_array(`threads`.`title`, `threads`.`note`, CAST(CASE WHEN `threads`.`done` THEN 'true' WHEN
        NOT (`threads`.`done`) THEN 'false' END AS JSON), json_extract(`threads`.`metadata`, '$."tags"'),
        `threads`.`id`)
        FROM `threads`
        WHERE `threads`.`id` >= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT json_array(((`threads`.`title`) COLLATE utf8mb4_bin), ((`threads`.`note`) COLLATE utf8mb4_bin), json_compact(CASE WHEN `threads`.`done` THEN
        'true' WHEN NOT (`threads`.`done`) THEN 'false' END), json_compact(json_extract(`threads`.`metadata`,
        '$."tags"')), `threads`.`id`)
        FROM `threads`
        WHERE `threads`.`id` >= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT json_array("threads"."title", "threads"."note", json(CASE WHEN "threads"."done" THEN 'true' WHEN
        NOT ("threads"."done") THEN 'false' END), json("threads"."metadata" -> '$."tags"'), "threads"."id")
        FROM "threads"
        WHERE "threads"."id" >= ?1
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(
        3,
        [
            Json(("snake_case", Some("second"), false, Some(json!(["b"])), 3)),
            Json(("Größe 🦀", None, false, Some(json!(["c"])), 4)),
        ],
    )
    .again(4, [Json(("Größe 🦀", None::<&str>, false, Some(json!(["c"])), 4))]);
}

#[test]
fn values_keep_their_types() {
    query(|(n, x, b): (i64, f64, bool)| {
        User::query()
            .filter(|u| u.id.eq(1))
            .select(move |_| json_array((value(n), value(x), value(b), value("7".to_owned()))))
    })
    .postgres(r#"SELECT jsonb_build_array($1, $2, $3, $4) FROM "users" WHERE "users"."id" = $5"#)
    .mysql(
        r#"SELECT json_array(CAST(? AS SIGNED), CAST(? AS DOUBLE), CAST(CASE WHEN ? THEN 'true' WHEN NOT (?) THEN
        'false' END AS JSON), ?)
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT json_array(CAST(? AS SIGNED), CAST(? AS DOUBLE), json_compact(CASE WHEN ? THEN 'true' WHEN NOT (?)
        THEN 'false' END), ((?) COLLATE utf8mb4_bin))
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT json_array(?1, ?2, json(CASE WHEN ?3 THEN 'true' WHEN NOT (?3) THEN 'false' END), ?4)
        FROM "users"
        WHERE "users"."id" = ?5"#,
    )
    .gives((7, 1.5, true), [Json((7, 1.5, true, "7"))])
    .again((-1, 0.25, false), [Json((-1, 0.25, false, "7"))]);
}

#[test]
fn objects_are_collected() {
    query(|id: i64| {
        User::query().filter(|u| u.id.lte(id)).aggregate(|g| {
            (
                g.json_agg(|u| json_object((("name", u.name), ("active", u.active)))),
                g.json_object_agg(|u| u.name, |u| u.active),
                g.json_agg(|u| u.active),
            )
        })
    })
    .postgres(
        r#"SELECT jsonb_agg(jsonb_build_object('name', "users"."name", 'active', "users"."active")),
        jsonb_object_agg("users"."name", "users"."active"), jsonb_agg("users"."active")
        FROM "users"
        WHERE "users"."id" <= $1"#,
    )
    .mysql(
        r#"SELECT json_arrayagg(json_object('name', `users`.`name`, 'active', CAST(CASE WHEN `users`.`active` THEN
        'true' WHEN NOT (`users`.`active`) THEN 'false' END AS JSON))), json_objectagg(`users`.`name`, CAST(CASE
        WHEN `users`.`active` THEN 'true' WHEN NOT (`users`.`active`) THEN 'false' END AS JSON)),
        json_arrayagg(CAST(CASE WHEN `users`.`active` THEN 'true' WHEN NOT (`users`.`active`) THEN 'false' END AS
        JSON))
        FROM `users`
        WHERE `users`.`id` <= ?"#,
    )
    .mariadb(
        r#"SELECT json_arrayagg(json_compact(json_object('name', ((`users`.`name`) COLLATE utf8mb4_bin), 'active', json_compact(CASE WHEN
        `users`.`active` THEN 'true' WHEN NOT (`users`.`active`) THEN 'false' END)))),
        json_objectagg((`users`.`name`) COLLATE utf8mb4_bin, json_compact(CASE WHEN `users`.`active` THEN 'true'
        WHEN NOT (`users`.`active`) THEN 'false' END)), json_arrayagg(json_compact(CASE WHEN `users`.`active`
        THEN 'true' WHEN NOT (`users`.`active`) THEN 'false' END))
        FROM `users`
        WHERE `users`.`id` <= ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN count(*) > 0 THEN json_group_array(json(json_object('name', "users"."name", 'active',
        json(CASE WHEN "users"."active" THEN 'true' WHEN NOT ("users"."active") THEN 'false' END)))) END, CASE
        WHEN count(*) > 0 THEN json_group_object("users"."name", json(CASE WHEN "users"."active" THEN 'true' WHEN
        NOT ("users"."active") THEN 'false' END)) END, CASE WHEN count(*) > 0 THEN json_group_array(json(CASE
        WHEN "users"."active" THEN 'true' WHEN NOT ("users"."active") THEN 'false' END)) END
        FROM "users"
        WHERE "users"."id" <= ?1"#,
    )
    .gives(
        2,
        [(
            Some(Json(vec![json!({"name": "Ann", "active": true}), json!({"name": "Bob", "active": false})])),
            Some(Json(std::collections::BTreeMap::from([("Ann", true), ("Bob", false)]))),
            Some(Json(vec![true, false])),
        )],
    )
    .again(0, [(None::<()>, None::<()>, None::<()>)]);
}

#[test]
fn keys_of_objects() {
    query(|id: i64| {
        Thread::query().filter(|t| t.id.eq(id)).select(|t| {
            (t.metadata.json_keys(), t.metadata.json("owner").json_keys(), t.metadata.json("tags").json_keys())
        })
    })
    .postgres(
        r#"SELECT CASE WHEN jsonb_typeof("threads"."metadata") = 'object' THEN
        jsonb_path_query_array("threads"."metadata", 'strict $.keyvalue().key') END, CASE WHEN
        jsonb_typeof("threads"."metadata" -> 'owner') = 'object' THEN jsonb_path_query_array("threads"."metadata"
        -> 'owner', 'strict $.keyvalue().key') END, CASE WHEN jsonb_typeof("threads"."metadata" -> 'tags') =
        'object' THEN jsonb_path_query_array("threads"."metadata" -> 'tags', 'strict $.keyvalue().key') END
        FROM "threads"
        WHERE "threads"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT json_keys(`threads`.`metadata`), json_keys(json_extract(`threads`.`metadata`, '$."owner"')),
        json_keys(json_extract(`threads`.`metadata`, '$."tags"'))
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN json_type("threads"."metadata") = 'object' THEN (SELECT json_group_array(key) FROM
        json_each("threads"."metadata")) END, CASE WHEN json_type("threads"."metadata" -> '$."owner"') = 'object'
        THEN (SELECT json_group_array(key) FROM json_each("threads"."metadata" -> '$."owner"')) END, CASE WHEN
        json_type("threads"."metadata" -> '$."tags"') = 'object' THEN (SELECT json_group_array(key) FROM
        json_each("threads"."metadata" -> '$."tags"')) END
        FROM "threads"
        WHERE "threads"."id" = ?1"#,
    )
    .gives(
        1,
        PerDialect {
            // sorted by length first, or as they are written
            postgres: [(Some(Json(["tags", "owner", "priority"])), Some(Json(["name"])), None::<()>)],
            mysql: [(Some(Json(["tags", "owner", "priority"])), Some(Json(["name"])), None::<()>)],
            mariadb: [(Some(Json(["priority", "tags", "owner"])), Some(Json(["name"])), None::<()>)],
            sqlite: [(Some(Json(["priority", "tags", "owner"])), Some(Json(["name"])), None::<()>)],
        },
    )
    .again(
        2,
        PerDialect {
            postgres: [(Some(Json(["tags", "priority"])), None::<()>, None::<()>)],
            mysql: [(Some(Json(["tags", "priority"])), None::<()>, None::<()>)],
            mariadb: [(Some(Json(["priority", "tags"])), None::<()>, None::<()>)],
            sqlite: [(Some(Json(["priority", "tags"])), None::<()>, None::<()>)],
        },
    );
}

#[test]
fn an_object_without_keys_has_none() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.eq(id))
            .select(|t| t.metadata.json_set("empty", json!({})).json("empty").json_keys())
    })
    .postgres(
        r#"SELECT CASE WHEN jsonb_typeof(jsonb_set("threads"."metadata", ARRAY['empty'], $1, TRUE) -> 'empty') =
        'object' THEN jsonb_path_query_array(jsonb_set("threads"."metadata", ARRAY['empty'], $1, TRUE) ->
        'empty', 'strict $.keyvalue().key') END
        FROM "threads"
        WHERE "threads"."id" = $2"#,
    )
    .mysql(
        r#"SELECT json_keys(json_extract(json_set(`threads`.`metadata`, '$."empty"', CAST(? AS JSON)), '$."empty"'))
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT json_keys(json_extract(json_set(`threads`.`metadata`, '$."empty"', json_extract(?, '$')),
        '$."empty"'))
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN json_type(json_set("threads"."metadata", '$."empty"', json(?1)) -> '$."empty"') =
        'object' THEN (SELECT json_group_array(key) FROM json_each(json_set("threads"."metadata", '$."empty"',
        json(?1)) -> '$."empty"')) END
        FROM "threads"
        WHERE "threads"."id" = ?2"#,
    )
    .gives(1, [Some(Json([(); 0]))])
    .again(2, [Some(Json([(); 0]))]);
}
