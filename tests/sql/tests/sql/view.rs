//! Views: read as tables are, created after what they read, refreshed where they keep their rows.

use relvar::query::dialect::{Engine, Target};
use relvar::query::error::BuildError;
use relvar::query::ir::Statement as Ir;
use relvar::query::lower::{create_view, drop_view, view_order};
use relvar::query::schema::ViewDef;
use relvar_sql_tests::prelude::*;

#[test]
fn a_view_is_a_source() {
    query(|least: i64| {
        OpenThread::query()
            .filter(|t| t.id.gte(least))
            .left_join(BusyAuthor::view(), |t, b| t.author.eq(b.name))
            .order_by(|(t, _)| t.id.asc())
            .select(|(t, b)| (t.title, t.author, b.threads))
    })
    .postgres(
        r#"SELECT "open_threads"."title", "open_threads"."the author", "a_busy_author"."threads"
        FROM "open_threads"
        LEFT JOIN "a_busy_author" ON "open_threads"."the author" = "a_busy_author"."name"
        WHERE "open_threads"."id" >= $1
        ORDER BY "open_threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `open_threads`.`title`, `open_threads`.`the author`, `a_busy_author`.`threads`
        FROM `open_threads`
        LEFT JOIN `a_busy_author` ON `open_threads`.`the author` = `a_busy_author`.`name`
        WHERE `open_threads`.`id` >= ?
        ORDER BY `open_threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "open_threads"."title", "open_threads"."the author", "a_busy_author"."threads"
        FROM "open_threads"
        LEFT JOIN "a_busy_author" ON "open_threads"."the author" = "a_busy_author"."name"
        WHERE "open_threads"."id" >= ?1
        ORDER BY "open_threads"."id" ASC"#,
    )
    .gives(1, [("Hello", "Ann", Some(7i64)), ("snake_case", "Bob", Some(7))])
    .again(2, [("snake_case", "Bob", Some(7i64))]);
}

#[test]
fn rows_of_a_view() {
    query(|id: i64| OpenThread::query().filter(|t| t.id.eq(id)))
        .postgres(
            r#"SELECT "open_threads"."id", "open_threads"."title", "open_threads"."the author",
        "open_threads"."note", "open_threads"."kind"
        FROM "open_threads"
        WHERE "open_threads"."id" = $1"#,
        )
        .mysql_and_mariadb(
            r#"SELECT `open_threads`.`id`, `open_threads`.`title`, `open_threads`.`the author`,
        `open_threads`.`note`, `open_threads`.`kind`
        FROM `open_threads`
        WHERE `open_threads`.`id` = ?"#,
        )
        .sqlite(
            r#"SELECT "open_threads"."id", "open_threads"."title", "open_threads"."the author",
        "open_threads"."note", "open_threads"."kind"
        FROM "open_threads"
        WHERE "open_threads"."id" = ?1"#,
        )
        .gives(
            1,
            [OpenThread { id: 1, title: "Hello".into(), author: "Ann".into(), note: Some("first".into()), kind: 7 }],
        )
        .again(
            3,
            [OpenThread {
                id: 3,
                title: "snake_case".into(),
                author: "Bob".into(),
                note: Some("second".into()),
                kind: 7,
            }],
        );
}

#[test]
fn a_view_is_filtered_and_sorted_by_name() {
    query(|id: &str| {
        OpenThread::query()
            .try_filter(|t| Named::of(t).compare("id", Comparison::Equal, id))
            .unwrap()
            .select(|t| t.author)
    })
    .postgres(
        r#"SELECT "open_threads"."the author"
        FROM "open_threads"
        WHERE "open_threads"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `open_threads`.`the author`
        FROM `open_threads`
        WHERE `open_threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT "open_threads"."the author"
        FROM "open_threads"
        WHERE "open_threads"."id" = ?1"#,
    )
    .gives("1", ["Ann"])
    .again("3", ["Bob"]);
}

#[test]
fn a_definition_has_its_values_as_literals() {
    let sql = |engine| create_view(&OpenThread::definition(), Target::oldest(engine), false).unwrap();
    assert_eq!(
        sql(Engine::Postgres),
        [
            r#"CREATE VIEW "open_threads" ("id", "title", "the author", "note", "kind") AS SELECT "threads"."id", "threads"."title", "users"."name", "threads"."note", CAST(7 AS bigint) FROM "threads" INNER JOIN "users" ON "threads"."user_id" = "users"."id" WHERE "threads"."done" = FALSE AND "threads"."title" = ANY(CAST(E'{"Hello","snake_case","it''s \\\\ ''x'' -- $1 ?"}' AS text[]))"#
        ]
    );
    let mysql = [
        r#"CREATE VIEW `open_threads` (`id`, `title`, `the author`, `note`, `kind`) AS SELECT `threads`.`id`, `threads`.`title`, `users`.`name`, `threads`.`note`, CAST(7 AS SIGNED) FROM `threads` INNER JOIN `users` ON `threads`.`user_id` = `users`.`id` WHERE `threads`.`done` = FALSE AND `threads`.`title` IN ('Hello', 'snake_case', _utf8mb4 X'69742773205C20277827202D2D202431203F', _utf8mb4 X'69742773205C20277827202D2D202431203F')"#,
    ];
    // a bare value in a select list has a cast of its own where the database needs one
    let once = |engine| sql(engine)[0].replace("CAST(CAST(7 AS SIGNED) AS SIGNED)", "CAST(7 AS SIGNED)");
    assert_eq!(once(Engine::MySql), mysql[0]);
    assert_eq!(once(Engine::MariaDb), mysql[0]);
    assert_eq!(
        sql(Engine::Sqlite),
        [
            r#"CREATE VIEW "open_threads" ("id", "title", "the author", "note", "kind") AS SELECT "threads"."id", "threads"."title", "users"."name", "threads"."note", 7 FROM "threads" INNER JOIN "users" ON "threads"."user_id" = "users"."id" WHERE "threads"."done" = FALSE AND "threads"."title" IN ('Hello', 'snake_case', 'it''s \ ''x'' -- $1 ?', 'it''s \ ''x'' -- $1 ?')"#
        ]
    );
    let sql = |engine| create_view(&BusyAuthor::definition(), Target::oldest(engine), true).unwrap();
    assert_eq!(
        sql(Engine::Postgres),
        [
            r#"CREATE OR REPLACE VIEW "a_busy_author" ("name", "threads") AS SELECT "open_threads"."the author", "open_threads"."kind" FROM "open_threads" WHERE "open_threads"."id" > CAST(0 AS bigint) ORDER BY "open_threads"."id" ASC LIMIT 10"#
        ]
    );
    assert_eq!(
        sql(Engine::Sqlite),
        [
            r#"DROP VIEW IF EXISTS "a_busy_author""#,
            r#"CREATE VIEW "a_busy_author" ("name", "threads") AS SELECT "open_threads"."the author", "open_threads"."kind" FROM "open_threads" WHERE "open_threads"."id" > 0 ORDER BY "open_threads"."id" ASC LIMIT 10"#,
        ]
    );
    let sql = create_view(&Written::definition(), Target::oldest(Engine::Postgres), false).unwrap();
    assert_eq!(
        sql,
        [
            r#"CREATE MATERIALIZED VIEW "written" ("user_id", "threads") AS SELECT user_id, count(*) FROM "threads" GROUP BY user_id"#,
            r#"CREATE UNIQUE INDEX "idx_written_user_id" ON "written" ("user_id")"#,
            r#"CREATE INDEX "written_most" ON "written" ("threads" DESC) WHERE "threads" > 1"#,
        ]
    );
    let refused = create_view(&Written::definition(), Target::oldest(Engine::MySql), false).unwrap_err();
    assert_eq!(refused.to_string(), "MySQL has no materialized views");
    assert_eq!(
        drop_view(&Written::definition(), Target::oldest(Engine::Postgres), true).unwrap(),
        r#"DROP MATERIALIZED VIEW IF EXISTS "written""#
    );
}

#[test]
fn a_materialized_view_shows_new_rows_when_it_is_refreshed() {
    let Some(place) = relvar_sql_tests::postgres_schema() else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
        relvar_sql_tests::schema::create(&db).await.unwrap();
        let all = || Written::query().order_by(|w| w.user_id.asc()).select(|w| (w.user_id, w.threads));
        assert_eq!(all().all(&db).await.unwrap(), [], "it was filled before there were rows");
        Written::refresh().execute(&db).await.unwrap();
        assert_eq!(all().all(&db).await.unwrap(), [(1, 2), (2, 1), (3, 1)]);
        Thread::delete().filter(|t| t.id.eq(4)).execute(&db).await.unwrap();
        assert_eq!(all().all(&db).await.unwrap(), [(1, 2), (2, 1), (3, 1)]);
        let tx = db.begin().await.unwrap();
        Written::refresh_concurrently().execute(&tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(all().all(&db).await.unwrap(), [(1, 2), (2, 1)]);
        assert!(Written::refresh().execute(db.read_only()).await.is_err());
        db.close().await;
    });
}

#[test]
fn views_are_created_again_and_dropped_before_tables() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    for engine in Engine::ALL {
        let schema = Schema::new().view::<BusyAuthor>().table::<Thread>().view::<OpenThread>().table::<User>();
        let target = Target::oldest(engine);
        let created = schema.create_sql(target, false).unwrap();
        let position = |name: &str| created.iter().position(|sql| sql.contains(&format!("VIEW {name}"))).unwrap();
        let quote = engine.syntax().quote;
        assert!(position(&format!("{quote}open_threads")) < position(&format!("{quote}a_busy_author")));
        assert!(
            created.iter().rposition(|sql| sql.starts_with("CREATE TABLE"))
                < Some(position(&format!("{quote}open_threads")))
        );
        let dropped = schema.drop_sql(target).unwrap();
        assert!(dropped[0].contains("a_busy_author") && dropped[1].contains("open_threads"), "{dropped:?}");
    }
    runtime.block_on(async {
        let db = Db::<Sqlite>::connect("sqlite::memory:").await.unwrap();
        let schema = Schema::new().view::<BusyAuthor>().table::<Thread>().view::<OpenThread>().table::<User>();
        schema.create(&db).await.unwrap();
        schema.create_if_not_exists(&db).await.unwrap();
        assert_eq!(BusyAuthor::query().count(&db).await.unwrap(), 0);
        schema.drop(&db).await.unwrap();
        assert!(BusyAuthor::query().count(&db).await.is_err());
    });
}

#[test]
fn views_that_read_each_other_are_named() {
    let view = |name: &str, of: &'static str| {
        let table = Box::leak(Box::new(relvar::query::ir::TableRef {
            schema: None,
            name: of.into(),
            columns: vec!["x".into()].into(),
        }));
        let source = relvar::query::ir::SourceId::fresh();
        let from = relvar::query::ir::Join {
            kind: relvar::query::ir::JoinKind::From,
            relation: relvar::query::ir::Relation::Table(relvar::query::ir::Ref::Static(table)),
            source,
            on: None,
        };
        let select = relvar::query::ir::Select::new(vec![relvar::query::ir::Item::Row(source)], [from]);
        ViewDef::new(None, name, vec!["x".to_owned()], Ir::Select(Box::new(select)))
    };
    assert_eq!(
        view_order(&[view("a", "b"), view("b", "c"), view("c", "b")]),
        Err(BuildError::ViewCycle(vec!["b".to_owned(), "c".to_owned()]))
    );
    assert_eq!(view_order(&[view("a", "b"), view("b", "t")]), Ok(vec![1, 0]));
}
