//! INSERT: one row, many, of a query, of defaults; RETURNING.

use relvar_sql_tests::prelude::*;
use std::borrow::Cow;

fn person(id: i64, name: &str, bio: Option<&str>) -> User {
    let email = format!("{id}@example.org");
    User { id, email, name: name.into(), bio: bio.map(str::to_owned), age: None, active: true }
}

#[test]
fn a_whole_row() {
    change(
        |(id, name, bio): (i64, &str, Option<&'static str>)| User::insert(person(id, name, bio)),
        || User::query().filter(|u| u.id.gt(4)).select(|u| (u.email, u.name, u.bio, u.age)),
    )
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6)"#,
    )
    .mysql_and_mariadb(
        r#"INSERT INTO `users` (`id`, `email`, `name`, `bio`, `age`, `active`) VALUES (?, ?, ?, ?, ?, ?)"#,
    )
    .sqlite(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)"#,
    )
    .gives((5, "Eve", Some("x")), (1, [("5@example.org", "Eve", Some("x"), None::<i32>)]))
    .again((6, "O'Neil\\\" 🦀", None), (1, [("6@example.org", "O'Neil\\\" 🦀", None::<&str>, None::<i32>)]));
}

#[derive(Insert)]
#[insert(table = User)]
struct Borrowed<'a> {
    id: i64,
    email: &'a str,
    name: Cow<'a, str>,
    bio: Option<&'a str>,
    age: Option<&'a i32>,
    active: &'a bool,
}

#[test]
fn a_row_of_borrowed_values() {
    change(
        |(id, bio): (i64, Option<&'static str>)| {
            User::insert(Borrowed { id, email: "e", name: "n".into(), bio, age: Some(&7), active: &true })
        },
        || User::query().filter(|u| u.id.gt(4)).select(|u| (u.email, u.name, u.bio, u.age)),
    )
    .postgres(r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active") VALUES ($1, $2, $3, $4, $5, $6)"#)
    .mysql_and_mariadb(
        r#"INSERT INTO `users` (`id`, `email`, `name`, `bio`, `age`, `active`) VALUES (?, ?, ?, ?, ?, ?)"#,
    )
    .sqlite(r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active") VALUES (?1, ?2, ?3, ?4, ?5, ?6)"#)
    .gives((5, Some("x")), (1, [("e", "n", Some("x"), Some(7))]))
    .again((6, None), (1, [("e", "n", None::<&str>, Some(7))]));
}

#[test]
fn some_columns_and_the_times_that_the_library_fills_in() {
    change(
        |(id, title): (i64, &str)| {
            Thread::insert(NewThread { id, user_id: 1, title: title.into(), metadata: Json(json!({"n": id})) })
        },
        || {
            Thread::query().filter(|t| t.id.gt(4)).select(|t| {
                let fresh = t.created_at.gt(now() - Interval::hours(1)) & t.created_at.eq(t.updated_at);
                (t.title, t.note, t.metadata, t.done, fresh.is_true())
            })
        },
    )
    .postgres(
        r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata", "created_at", "updated_at")
        VALUES ($1, $2, $3, $4, now(), now())"#,
    )
    .mysql(
        r#"INSERT INTO `threads` (`id`, `user_id`, `title`, `metadata`, `created_at`, `updated_at`)
        VALUES (?, ?, ?, CAST(? AS JSON), CURRENT_TIMESTAMP(6), CURRENT_TIMESTAMP(6))"#,
    )
    .mariadb(
        r#"INSERT INTO `threads` (`id`, `user_id`, `title`, `metadata`, `created_at`, `updated_at`)
        VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP(6), CURRENT_TIMESTAMP(6))"#,
    )
    .sqlite(
        r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata", "created_at", "updated_at")
        VALUES (?1, ?2, ?3, ?4, strftime('%Y-%m-%d %H:%M:%f000', 'now'), strftime('%Y-%m-%d %H:%M:%f000', 'now'))"#,
    )
    .gives((5, "new"), (1, [("new", None::<&str>, Json(json!({"n": 5})), false, true)]))
    .again((9, ""), (1, [("", None::<&str>, Json(json!({"n": 9})), false, true)]));
}

#[test]
fn many_rows_with_nulls_among_them() {
    change(
        |rows: [(i64, Option<i64>, &'static str); 3]| {
            let rows = rows.map(|(thread_id, author_id, body)| NewComment { thread_id, author_id, body: body.into() });
            Comment::insert_many(rows)
        },
        || {
            Comment::query()
                .filter(|c| c.id.gt(5))
                .order_by(|c| c.id.asc())
                .select(|c| (c.thread_id, c.author_id, c.body))
        },
    )
    .postgres(
        r#"INSERT INTO "comments" ("thread_id", "author_id", "body")
        VALUES ($1, $2, $3), ($4, $5, $6), ($7, $8, $9)"#,
    )
    .mysql_and_mariadb(
        r#"INSERT INTO `comments` (`thread_id`, `author_id`, `body`) VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)"#,
    )
    .sqlite(
        r#"INSERT INTO "comments" ("thread_id", "author_id", "body")
        VALUES (?1, ?2, ?3), (?4, ?5, ?6), (?7, ?8, ?9)"#,
    )
    .gives(
        [(1, Some(1), "a"), (2, None, "b"), (3, Some(3), "c")],
        (3, [(1, Some(1), "a"), (2, None, "b"), (3, Some(3), "c")]),
    )
    .again(
        [(4, None, "d"), (4, None, "d"), (1, Some(2), "e")],
        (3, [(4, None, "d"), (4, None, "d"), (1, Some(2), "e")]),
    );
}

#[test]
fn the_rows_of_a_query() {
    change(
        |(id, body): (i64, &str)| {
            let body = body.to_owned();
            Comment::insert_from(
                Thread::query().filter(|t| t.id.gte(id)).order_by(|t| t.id.asc()).select(|t| NewCommentExprs {
                    thread_id: t.id,
                    author_id: t.user_id,
                    body: t.title.concat(body),
                }),
            )
        },
        || {
            Comment::query()
                .filter(|c| c.id.gt(5))
                .order_by(|c| c.id.asc())
                .select(|c| (c.thread_id, c.author_id, c.body))
        },
    )
    .postgres(
        r#"INSERT INTO "comments" ("thread_id", "author_id", "body")
        SELECT "threads"."id", "threads"."user_id", "threads"."title" || $1
        FROM "threads"
        WHERE "threads"."id" >= $2
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"INSERT INTO `comments` (`thread_id`, `author_id`, `body`)
        SELECT `threads`.`id`, `threads`.`user_id`, CONCAT(`threads`.`title`, ?)
        FROM `threads`
        WHERE `threads`.`id` >= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"INSERT INTO "comments" ("thread_id", "author_id", "body")
        SELECT "threads"."id", "threads"."user_id", "threads"."title" || ?1
        FROM "threads"
        WHERE "threads"."id" >= ?2
        ORDER BY "threads"."id" ASC"#,
    )
    .gives((3, "!"), (2, [(3, Some(2), "snake_case!"), (4, Some(3), "Größe 🦀!")]))
    .again((4, ""), (1, [(4, Some(3), "Größe 🦀")]));
}

#[test]
fn the_rows_of_a_query_with_a_common_table_expression() {
    change(
        |(id, body): (i64, &str)| {
            let body = body.to_owned();
            let threads = Thread::query().filter(|t| t.id.eq(id)).select(|t| (t.id, t.user_id)).cte("some_threads");
            Comment::insert_from(threads.query().select(|t| NewCommentExprs { thread_id: t.0, author_id: t.1, body }))
        },
        || Comment::query().filter(|c| c.id.gt(5)).select(|c| (c.thread_id, c.body)),
    )
    .postgres(
        r#"WITH "some_threads" ("c0", "c1") AS (SELECT "threads"."id", "threads"."user_id" FROM "threads" WHERE
        "threads"."id" = $1) INSERT INTO "comments" ("thread_id", "author_id", "body")
        SELECT "some_threads"."c0", "some_threads"."c1", $2
        FROM "some_threads""#,
    )
    .mysql_and_mariadb(
        r#"INSERT INTO `comments` (`thread_id`, `author_id`, `body`) WITH `some_threads` (`c0`, `c1`) AS (SELECT
        `threads`.`id`, `threads`.`user_id` FROM `threads` WHERE `threads`.`id` = ?)
        SELECT `some_threads`.`c0`, `some_threads`.`c1`, ?
        FROM `some_threads`"#,
    )
    .sqlite(
        r#"WITH "some_threads" ("c0", "c1") AS (SELECT "threads"."id", "threads"."user_id" FROM "threads" WHERE
        "threads"."id" = ?1) INSERT INTO "comments" ("thread_id", "author_id", "body")
        SELECT "some_threads"."c0", "some_threads"."c1", ?2
        FROM "some_threads""#,
    )
    .gives((3, "x"), (1, [(3, "x")]))
    .again((2, "y"), (1, [(2, "y")]));
}

#[test]
fn a_row_of_nothing_but_defaults() {
    change(|()| Counter::insert_defaults(), || Counter::query().filter(|c| c.id.gt(1)).select(|c| (c.hits, c.label)))
        .postgres(r#"INSERT INTO "counters" DEFAULT VALUES"#)
        .mysql_and_mariadb(r#"INSERT INTO `counters` () VALUES ()"#)
        .sqlite(r#"INSERT INTO "counters" DEFAULT VALUES"#)
        .always((1, [(0, "none")]));
}

#[test]
fn numbers_of_every_type() {
    change(
        |(small, big, real, exact): (i16, i64, f64, Option<Decimal>)| {
            Number::insert(Number { id: 9, small, int: None, big, real, exact, flag: Some(small > 0) })
        },
        || Number::query().filter(|n| n.id.eq(9)),
    )
    .postgres(
        r#"INSERT INTO "numbers" ("id", "small", "int", "big", "real", "exact", "flag")
        VALUES ($1, $2, $3, $4, $5, $6, $7)"#,
    )
    .mysql_and_mariadb(
        r#"INSERT INTO `numbers` (`id`, `small`, `int`, `big`, `real`, `exact`, `flag`)
        VALUES (?, ?, ?, ?, ?, ?, ?)"#,
    )
    .sqlite(
        r#"INSERT INTO "numbers" ("id", "small", "int", "big", "real", "exact", "flag")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"#,
    )
    .gives(
        (i16::MIN, i64::MAX, f64::MAX, Some(decimal("123456789012345678.91"))),
        (
            1,
            [Number {
                id: 9,
                small: i16::MIN,
                int: None,
                big: i64::MAX,
                real: f64::MAX,
                exact: Some(decimal("123456789012345678.91")),
                flag: Some(false),
            }],
        ),
    )
    .again(
        (1, i64::MIN, -0.1, None),
        (1, [Number { id: 9, small: 1, int: None, big: i64::MIN, real: -0.1, exact: None, flag: Some(true) }]),
    );
}

#[test]
fn times_of_every_type() {
    let event = |micros: u32| {
        let (day, clock) =
            (NaiveDate::from_ymd_opt(1969, 7, 20).unwrap(), NaiveTime::from_hms_micro_opt(20, 17, 40, micros).unwrap());
        Event { id: 9, at: day.and_time(clock).and_utc(), ended: None, local: day.and_time(clock), day, clock }
    };
    change(move |micros: u32| Event::insert(event(micros)), || Event::query().filter(|e| e.id.eq(9)))
        .postgres(
            r#"INSERT INTO "events" ("id", "at", "ended", "local", "day", "clock")
            VALUES ($1, $2, $3, $4, $5, $6)"#,
        )
        .mysql_and_mariadb(
            r#"INSERT INTO `events` (`id`, `at`, `ended`, `local`, `day`, `clock`) VALUES (?, ?, ?, ?, ?, ?)"#,
        )
        .sqlite(
            r#"INSERT INTO "events" ("id", "at", "ended", "local", "day", "clock")
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)"#,
        )
        .gives(1, (1, [event(1)]))
        .again(999_999, (1, [event(999_999)]));
}

#[test]
fn arrays_and_uuids() {
    change(
        |(tags, scores): (Vec<&'static str>, Option<Vec<i32>>)| {
            let tags = tags.into_iter().map(str::to_owned).collect();
            Article::insert(Article { id: 9, key: Uuid::from_u128(7), title: "t".into(), body: None, tags, scores })
        },
        || Article::query().filter(|a| a.id.eq(9)).select(|a| (a.key, a.tags, a.scores)),
    )
    .postgres(
        r#"INSERT INTO "articles" ("id", "key", "title", "body", "tags", "scores")
        VALUES ($1, $2, $3, $4, $5, $6)"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        (vec!["a,b", "{\"c\"}", ""], Some(vec![-1, 2])),
        (1, [(Uuid::from_u128(7), vec!["a,b", "{\"c\"}", ""], Some(vec![-1, 2]))]),
    )
    .again((vec![], None), (1, [(Uuid::from_u128(7), vec![""; 0], None::<Vec<i32>>)]));
}

#[test]
fn returning_all_columns() {
    query(|(room, number): (&str, i32)| {
        Post::insert(NewPost { id: number.into(), user_id: 1, title: room.into(), metadata: Json(json!([])) })
            .returning_as(|t| (t.id, t.title.upper(), t.created_at.eq(t.updated_at).is_true()))
    })
    .postgres(
        r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata", "created_at", "updated_at")
        VALUES ($1, $2, $3, $4, now(), now())
        RETURNING "threads"."id", upper("threads"."title"), ("threads"."created_at" = "threads"."updated_at") IS
        TRUE"#,
    )
    .mysql(DoesNotCompile)
    .mariadb(
        r#"INSERT INTO `threads` (`id`, `user_id`, `title`, `metadata`, `created_at`, `updated_at`)
        VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP(6), CURRENT_TIMESTAMP(6))
        RETURNING `threads`.`id`, upper(`threads`.`title`), (`threads`.`created_at` = `threads`.`updated_at`) IS
        TRUE"#,
    )
    .sqlite(
        r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata", "created_at", "updated_at")
        VALUES (?1, ?2, ?3, ?4, strftime('%Y-%m-%d %H:%M:%f000', 'now'), strftime('%Y-%m-%d %H:%M:%f000', 'now'))
        RETURNING "threads"."id", upper("threads"."title"), ("threads"."created_at" = "threads"."updated_at") IS
        TRUE"#,
    )
    .gives(("red", 11), [(11, "RED", true)])
    .again(("blue", 12), [(12, "BLUE", true)]);
}

#[test]
fn returning_whole_rows_of_many() {
    query(|rows: [(i64, &'static str); 2]| {
        let rows = rows.map(|(id, name)| Member {
            id,
            email: name.into(),
            name: name.into(),
            bio: None,
            age: Some(1),
            active: false,
        });
        Member::insert_many(rows).returning()
    })
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6), ($7, $8, $9, $10, $11, $12)
        RETURNING "users"."id", "users"."email", "users"."name", "users"."bio", "users"."age", "users"."active""#,
    )
    .mysql(DoesNotCompile)
    .mariadb(
        r#"INSERT INTO `users` (`id`, `email`, `name`, `bio`, `age`, `active`)
        VALUES (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?)
        RETURNING `users`.`id`, `users`.`email`, `users`.`name`, `users`.`bio`, `users`.`age`, `users`.`active`"#,
    )
    .sqlite(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6), (?7, ?8, ?9, ?10, ?11, ?12)
        RETURNING "users"."id", "users"."email", "users"."name", "users"."bio", "users"."age", "users"."active""#,
    )
    .gives([(7, "g"), (8, "h")], [who(7, "g"), who(8, "h")])
    .again([(9, "i"), (6, "f")], [who(9, "i"), who(6, "f")]);
}

fn who(id: i64, name: &str) -> Member {
    Member { id, email: name.into(), name: name.into(), bio: None, age: Some(1), active: false }
}

#[test]
fn returning_what_the_database_filled_in() {
    query(|(room, number, guest): (&str, i32, Option<&'static str>)| {
        let guest = guest.map(str::to_owned);
        Chair::insert(NewChair { room: room.into(), number: SeatNumber(number), guest })
            .returning_as(|s| (s.number, s.kind, s.guest, s.gone, s.id.gt(3)))
    })
    .postgres(
        r#"INSERT INTO "seats" ("room", "number", "guest")
        VALUES ($1, $2, $3)
        RETURNING "seats"."number", "seats"."kind", "seats"."guest", "seats"."gone", "seats"."id" > $4"#,
    )
    .mysql(DoesNotCompile)
    .mariadb(
        r#"INSERT INTO `seats` (`room`, `number`, `guest`)
        VALUES (?, ?, ?)
        RETURNING `seats`.`number`, `seats`.`kind`, `seats`.`guest`, `seats`.`gone`, `seats`.`id` > ?"#,
    )
    .sqlite(
        r#"INSERT INTO "seats" ("room", "number", "guest")
        VALUES (?1, ?2, ?3)
        RETURNING "seats"."number", "seats"."kind", "seats"."guest", "seats"."gone", "seats"."id" > ?4"#,
    )
    .gives(("red", 7, Some("Eve")), [(SeatNumber(7), SeatKind::Window, Some("Eve"), false, Some(true))])
    .again(("red", 8, None), [(SeatNumber(8), SeatKind::Window, None::<&str>, false, Some(true))]);
}
