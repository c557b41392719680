//! Select lists: columns, expressions, tuples, tables, structs of rows.

use relvar_sql_tests::prelude::*;

#[test]
fn one_column() {
    query(|id: i64| User::query().filter(|u| u.id.eq(id)).select(|u| u.bio))
        .postgres(r#"SELECT "users"."bio" FROM "users" WHERE "users"."id" = $1"#)
        .mysql_and_mariadb(r#"SELECT `users`.`bio` FROM `users` WHERE `users`.`id` = ?"#)
        .sqlite(r#"SELECT "users"."bio" FROM "users" WHERE "users"."id" = ?1"#)
        .gives(2, [None::<&str>])
        .again(3, [Some("snake_case \\ slash")]);
}

#[test]
fn expressions_beside_columns() {
    query(|(id, more): (i64, i64)| {
        User::query().filter(|u| u.id.eq(id)).select(|u| (u.name, u.id + more, u.age.is_null().is_true()))
    })
    .postgres(
        r#"SELECT "users"."name", "users"."id" + $1, ("users"."age" IS NULL) IS TRUE
        FROM "users"
        WHERE "users"."id" = $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`, `users`.`id` + ?, (`users`.`age` IS NULL) IS TRUE
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT "users"."name", "users"."id" + ?1, ("users"."age" IS NULL) IS TRUE
        FROM "users"
        WHERE "users"."id" = ?2"#,
    )
    .gives((1, 10), [("Ann", 11, false)])
    .again((3, -3), [("Zoë", 0, true)]);
}

#[test]
fn values_and_constants() {
    query(|(id, bound): (i64, &str)| {
        User::query().filter(|u| u.id.eq(id)).select(move |_| {
            let constants =
                (constant("it's".to_owned()), constant(-1i64), constant(1.5f64), constant(true), constant(None::<i32>));
            (value(bound.to_owned()), value(id), constants)
        })
    })
    .postgres(
        r#"SELECT $1, $2, 'it''s', CAST((-1) AS bigint), CAST(1.5e0 AS double precision), TRUE, CAST(NULL AS
        integer)
        FROM "users"
        WHERE "users"."id" = $3"#,
    )
    .mysql_and_mariadb(
        r#"SELECT ?, CAST(? AS SIGNED), 'it''s', CAST((-1) AS SIGNED), CAST(1.5e0 AS DOUBLE), TRUE, CAST(NULL AS
        SIGNED)
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .sqlite(r#"SELECT ?1, ?2, 'it''s', (-1), 1.5e0, TRUE, NULL FROM "users" WHERE "users"."id" = ?3"#)
    .gives((1, "a"), [("a", 1, ("it's", -1, 1.5, true, None::<i32>))])
    .again((2, "'"), [("'", 2, ("it's", -1, 1.5, true, None::<i32>))]);
}

#[test]
fn a_table_beside_a_column() {
    query(|id: i64| Counter::query().filter(|c| c.id.eq(id)).select(|c| (c.hits, c)))
        .postgres(
            r#"SELECT "counters"."hits", "counters"."id", "counters"."hits", "counters"."label"
            FROM "counters"
            WHERE "counters"."id" = $1"#,
        )
        .mysql_and_mariadb(
            r#"SELECT `counters`.`hits`, `counters`.`id`, `counters`.`hits`, `counters`.`label`
        FROM `counters`
        WHERE `counters`.`id` = ?"#,
        )
        .sqlite(
            r#"SELECT "counters"."hits", "counters"."id", "counters"."hits", "counters"."label"
            FROM "counters"
            WHERE "counters"."id" = ?1"#,
        )
        .gives(1, [(5, Counter { id: 1, hits: 5, label: "five".into() })])
        .again(2, [(); 0]);
}

#[test]
fn a_struct_of_a_row() {
    query(|id: i64| {
        User::query().filter(|u| u.id.eq(id)).select(|u| SummaryExprs { title: u.name.upper(), author: u.bio })
    })
    .postgres(r#"SELECT upper("users"."name"), "users"."bio" FROM "users" WHERE "users"."id" = $1"#)
    .mysql_and_mariadb(r#"SELECT upper(`users`.`name`), `users`.`bio` FROM `users` WHERE `users`.`id` = ?"#)
    .sqlite(r#"SELECT upper("users"."name"), "users"."bio" FROM "users" WHERE "users"."id" = ?1"#)
    .gives(1, [Summary { title: "ANN".into(), author: Some("writes 100% of it".into()) }])
    .again(2, [Summary { title: "BOB".into(), author: None }]);
}

#[test]
fn values_fill_the_fields_of_a_row() {
    query(|(id, title): (i64, &str)| {
        let title = title.to_owned();
        User::query().filter(|u| u.id.eq(id)).select(|u| SummaryExprs { title, author: u.name })
    })
    .postgres(r#"SELECT $1, "users"."name" FROM "users" WHERE "users"."id" = $2"#)
    .mysql_and_mariadb(r#"SELECT ?, `users`.`name` FROM `users` WHERE `users`.`id` = ?"#)
    .sqlite(r#"SELECT ?1, "users"."name" FROM "users" WHERE "users"."id" = ?2"#)
    .gives((1, "x"), [Summary { title: "x".into(), author: Some("Ann".into()) }])
    .again((2, "y"), [Summary { title: "y".into(), author: Some("Bob".into()) }]);
}

#[test]
fn a_row_in_a_row_beside_a_table() {
    query(|id: i64| {
        Thread::query()
            .join(User::table(), |t, u| t.user_id.eq(u.id))
            .filter(|(t, _)| t.id.eq(id))
            .select(|(t, u)| CardExprs { id: t.id, summary: SummaryExprs { title: t.title, author: t.note }, owner: u })
    })
    .postgres(
        r#"SELECT "threads"."id", "threads"."title", "threads"."note", "users"."id", "users"."email",
        "users"."name", "users"."bio", "users"."age", "users"."active"
        FROM "threads"
        INNER JOIN "users" ON "threads"."user_id" = "users"."id"
        WHERE "threads"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `threads`.`id`, `threads`.`title`, `threads`.`note`, `users`.`id`, `users`.`email`,
        `users`.`name`, `users`.`bio`, `users`.`age`, `users`.`active`
        FROM `threads`
        INNER JOIN `users` ON `threads`.`user_id` = `users`.`id`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT "threads"."id", "threads"."title", "threads"."note", "users"."id", "users"."email",
        "users"."name", "users"."bio", "users"."age", "users"."active"
        FROM "threads"
        INNER JOIN "users" ON "threads"."user_id" = "users"."id"
        WHERE "threads"."id" = ?1"#,
    )
    .gives(
        3,
        [Card {
            id: 3,
            summary: Summary { title: "snake_case".into(), author: Some("second".into()) },
            owner: User {
                id: 2,
                email: "bob@example.org".into(),
                name: "Bob".into(),
                bio: None,
                age: Some(45),
                active: false,
            },
        }],
    )
    .again(9, [(); 0]);
}

#[test]
fn a_select_list_chosen_at_run_time() {
    query(|(id, loud): (i64, bool)| {
        User::query().filter(|u| u.id.eq(id)).select_list(|u| match loud {
            true => selection((u.name.upper(), u.id)),
            false => selection((u.name, u.id)),
        })
    })
    .postgres(r#"SELECT upper("users"."name"), "users"."id" FROM "users" WHERE "users"."id" = $1"#)
    .mysql_and_mariadb(r#"SELECT upper(`users`.`name`), `users`.`id` FROM `users` WHERE `users`.`id` = ?"#)
    .sqlite(r#"SELECT upper("users"."name"), "users"."id" FROM "users" WHERE "users"."id" = ?1"#)
    .gives((1, true), [("ANN", 1)])
    .again((2, true), [("BOB", 2)]);
}

#[test]
fn a_scope_of_ones_own() {
    #[derive(Clone, Copy)]
    struct Talk {
        thread: ThreadColumns,
        author: UserColumns<Nullable>,
    }
    impl Scope for Talk {}
    query(|id: i64| {
        Thread::query()
            .left_join(User::table(), |t, u| t.user_id.eq(u.id))
            .scope(|(thread, author)| Talk { thread, author })
            .filter(|s| s.thread.id.gt(id) & s.author.name.is_not_null())
            .order_by(|s| s.thread.id.asc())
            .select(|s| (s.thread.title, s.author.name))
    })
    .postgres(
        r#"SELECT "threads"."title", "users"."name"
        FROM "threads"
        LEFT JOIN "users" ON "threads"."user_id" = "users"."id"
        WHERE "threads"."id" > $1 AND "users"."name" IS NOT NULL
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `threads`.`title`, `users`.`name`
        FROM `threads`
        LEFT JOIN `users` ON `threads`.`user_id` = `users`.`id`
        WHERE `threads`.`id` > ? AND `users`.`name` IS NOT NULL
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."title", "users"."name"
        FROM "threads"
        LEFT JOIN "users" ON "threads"."user_id" = "users"."id"
        WHERE "threads"."id" > ?1 AND "users"."name" IS NOT NULL
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(2, [("snake_case", Some("Bob")), ("Größe 🦀", Some("Zoë"))])
    .again(3, [("Größe 🦀", Some("Zoë"))]);
}
