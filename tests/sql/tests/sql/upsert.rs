//! INSERT … ON CONFLICT.

mod constraint;
mod outcome;
mod portable;

use relvar_sql_tests::prelude::*;

fn person(id: i64, email: &str, name: &str) -> Person {
    Person { id, email: format!("{email}@example.org"), name: name.into(), bio: None, age: Some(1), active: true }
}

fn people() -> impl Fetchable<Row = (i64, String, Option<i32>), Dialect = Portable> {
    User::query().filter(|u| u.id.eq(1) | u.id.gt(4)).order_by(|u| u.id.asc()).select(|u| (u.id, u.name, u.age))
}

#[test]
fn do_nothing_where_the_key_is_taken() {
    change(
        |(id, email, name): (i64, &str, &str)| {
            Person::insert(person(id, email, name)).on_conflict(Person::EMAIL_KEY).do_nothing()
        },
        people,
    )
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT ("email") DO NOTHING"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT ("email") DO NOTHING"#,
    )
    .gives((5, "ann", "Other"), (0, [(1, "Ann", Some(31))]))
    .again((5, "eve", "Eve"), (1, [(1, "Ann", Some(31)), (5, "Eve", Some(1))]));
}

#[test]
fn do_nothing_whatever_the_key() {
    change(
        |(id, email, name): (i64, &str, &str)| Person::insert(person(id, email, name)).on_any_conflict_do_nothing(),
        people,
    )
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO NOTHING"#,
    )
    .gives((1, "eve", "Other"), (0, [(1, "Ann", Some(31))]))
    .again((5, "eve", "Eve"), (1, [(1, "Ann", Some(31)), (5, "Eve", Some(1))]));
}

#[test]
fn update_to_what_was_proposed() {
    change(
        |(id, email, name): (i64, &str, &str)| {
            Person::insert(person(id, email, name))
                .on_conflict(Person::EMAIL_KEY)
                .update(|p, new| (p.name.set(new.name), p.age.set(new.age)))
        },
        people,
    )
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT ("email")
        DO UPDATE
        SET "name" = "excluded"."name", "age" = "excluded"."age""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT ("email")
        DO UPDATE
        SET "name" = "excluded"."name", "age" = "excluded"."age""#,
    )
    .gives((5, "ann", "Anna"), (1, [(1, "Anna", Some(1))]))
    .again((6, "eve", "Eve"), (1, [(1, "Ann", Some(31)), (6, "Eve", Some(1))]));
}

#[test]
fn update_from_the_row_that_is_there_and_a_value() {
    change(
        |(email, more, end): (&str, i32, &str)| {
            Person::insert(person(5, email, "x"))
                .on_conflict(Person::EMAIL_KEY)
                .update(|p, new| (p.age.set(p.age + new.age + more), p.name.set(p.name.concat(new.name).concat(end))))
        },
        people,
    )
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT ("email")
        DO UPDATE
        SET "age" = "users"."age" + "excluded"."age" + $7, "name" = ("users"."name" || "excluded"."name") || $8"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT ("email")
        DO UPDATE
        SET "age" = "users"."age" + "excluded"."age" + ?7, "name" = ("users"."name" || "excluded"."name") || ?8"#,
    )
    .gives(("ann", 10, "!"), (1, [(1, "Annx!", Some(42))]))
    .again(("new", 20, "?"), (1, [(1, "Ann", Some(31)), (5, "x", Some(1))]));
}

#[test]
fn update_only_when_a_condition_holds() {
    change(
        |(email, age): (&str, i32)| {
            Person::insert(person(5, email, "x"))
                .on_conflict(Person::EMAIL_KEY)
                .when(|p, new| p.age.gt(age) & p.name.ne(new.name))
                .update(|p, new| p.name.set(new.name))
        },
        people,
    )
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT ("email")
        DO UPDATE
        SET "name" = "excluded"."name"
        WHERE "users"."age" > $7 AND "users"."name" <> "excluded"."name""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT ("email")
        DO UPDATE
        SET "name" = "excluded"."name"
        WHERE "users"."age" > ?7 AND "users"."name" <> "excluded"."name""#,
    )
    .gives(("ann", 30), (1, [(1, "x", Some(31))]))
    .again(("ann", 31), (0, [(1, "Ann", Some(31))]));
}

#[test]
fn many_rows() {
    change(
        |rows: [(i64, &'static str, &'static str); 2]| {
            Person::insert_many(rows.map(|(id, email, name)| person(id, email, name)))
                .on_conflict(Person::EMAIL_KEY)
                .update(|p, new| p.name.set(new.name))
        },
        people,
    )
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6), ($7, $8, $9, $10, $11, $12)
        ON CONFLICT ("email")
        DO UPDATE
        SET "name" = "excluded"."name""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6), (?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT ("email")
        DO UPDATE
        SET "name" = "excluded"."name""#,
    )
    .gives([(5, "ann", "A"), (6, "new", "N")], (2, [(1, "A", Some(31)), (6, "N", Some(1))]))
    .again([(5, "x", "X"), (6, "y", "Y")], (2, [(1, "Ann", Some(31)), (5, "X", Some(1)), (6, "Y", Some(1))]));
}

#[test]
fn a_key_of_only_some_rows() {
    change(
        |(room, number, guest): (&str, i32, &str)| {
            let number = SeatNumber(number);
            Booking::insert(NewBooking { room: room.into(), number, guest: Some(guest.into()) })
                .on_conflict(Booking::SEATS_TAKEN_KEY)
                .update(|s, new| s.guest.set(new.guest))
        },
        || Seat::query().order_by(|s| s.id.asc()).select(|s| (s.room, s.number, s.guest, s.gone, s.version)),
    )
    .postgres(
        r#"INSERT INTO "seats" ("room", "number", "guest")
        VALUES ($1, $2, $3)
        ON CONFLICT ("room", "number")
        WHERE "gone" = FALSE
        DO UPDATE
        SET "guest" = "excluded"."guest", "version" = "seats"."version" + 1"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"INSERT INTO "seats" ("room", "number", "guest")
        VALUES (?1, ?2, ?3)
        ON CONFLICT ("room", "number")
        WHERE "gone" = FALSE
        DO UPDATE
        SET "guest" = "excluded"."guest", "version" = "seats"."version" + 1"#,
    )
    .gives(
        ("red", 1, "Eve"),
        (
            1,
            [
                ("red", SeatNumber(1), Some("Eve"), false, 2),
                ("red", SeatNumber(2), Some("Bob"), true, 1),
                ("blue", SeatNumber(1), None, false, 7),
            ],
        ),
    )
    .again(
        ("red", 2, "Eve"),
        (
            1,
            [
                ("red", SeatNumber(1), Some("Ann"), false, 1),
                ("red", SeatNumber(2), Some("Bob"), true, 1),
                ("blue", SeatNumber(1), None, false, 7),
                ("red", SeatNumber(2), Some("Eve"), false, 0),
            ],
        ),
    );
}

#[test]
fn an_upsert_stamps_the_time_of_the_update() {
    change(
        |(id, title): (i64, &str)| {
            Topic::insert(NewTopic { id, user_id: 1, title: title.into(), metadata: Json(json!({})) })
                .on_conflict(Topic::PRIMARY_KEY)
                .update(|t, new| t.title.set(new.title))
        },
        || {
            Thread::query().filter(|t| t.id.eq(1) | t.id.gt(4)).order_by(|t| t.id.asc()).select(|t| {
                let fresh = |at: Column<Thread, DateTime<Utc>>| at.gt(now() - Interval::hours(1)).is_true();
                (t.title, fresh(t.created_at), fresh(t.updated_at))
            })
        },
    )
    .postgres(
        r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata", "created_at", "updated_at")
        VALUES ($1, $2, $3, $4, now(), now())
        ON CONFLICT ("id")
        DO UPDATE
        SET "title" = "excluded"."title", "updated_at" = now()"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata", "created_at", "updated_at")
        VALUES (?1, ?2, ?3, ?4, strftime('%Y-%m-%d %H:%M:%f000', 'now'), strftime('%Y-%m-%d %H:%M:%f000', 'now'))
        ON CONFLICT ("id")
        DO UPDATE
        SET "title" = "excluded"."title", "updated_at" = strftime('%Y-%m-%d %H:%M:%f000', 'now')"#,
    )
    .gives((1, "again"), (1, [("again", false, true)]))
    .again((5, "new"), (1, [("Hello", false, false), ("new", true, true)]));
}

#[test]
fn the_rows_of_a_query_returning() {
    query(|(id, add): (i64, i64)| {
        let threads = Thread::query().filter(|t| t.id.gte(id)).order_by(|t| t.id.asc()).select(|t| NewTopicExprs {
            id: t.id + add,
            user_id: t.user_id,
            title: t.title,
            metadata: t.metadata,
        });
        Topic::insert_from(threads)
            .on_conflict(Topic::PRIMARY_KEY)
            .update(|t, new| t.title.set(t.title.concat("/").concat(new.title)))
            .returning_as(|t| (t.id, t.title))
    })
    .postgres(
        r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata")
        SELECT "threads_2"."id" + $1, "threads_2"."user_id", "threads_2"."title", "threads_2"."metadata"
        FROM "threads" AS "threads_2"
        WHERE "threads_2"."id" >= $2
        ORDER BY "threads_2"."id" ASC
        ON CONFLICT ("id")
        DO UPDATE
        SET "title" = ("threads"."title" || $3) || "excluded"."title", "updated_at" = now()
        RETURNING "threads"."id", "threads"."title""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata")
        SELECT "threads_2"."id" + ?1, "threads_2"."user_id", "threads_2"."title", "threads_2"."metadata"
        FROM "threads" AS "threads_2"
        WHERE "threads_2"."id" >= ?2
        ORDER BY "threads_2"."id" ASC
        ON CONFLICT ("id")
        DO UPDATE
        SET "title" = ("threads"."title" || ?3) || "excluded"."title", "updated_at" =
        strftime('%Y-%m-%d %H:%M:%f000', 'now')
        RETURNING "threads"."id", "threads"."title""#,
    )
    .gives((3, 0), [(3, "snake_case/snake_case"), (4, "Größe 🦀/Größe 🦀")])
    .again((4, -3), [(1, "Hello/Größe 🦀")]);
}

#[test]
fn returning_the_row_that_is_there_now() {
    query(|(id, email, name): (i64, &str, &str)| {
        Person::insert(person(id, email, name))
            .on_conflict(Person::EMAIL_KEY)
            .update(|p, new| p.name.set(new.name))
            .returning()
    })
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT ("email")
        DO UPDATE
        SET "name" = "excluded"."name"
        RETURNING "users"."id", "users"."email", "users"."name", "users"."bio", "users"."age", "users"."active""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT ("email")
        DO UPDATE
        SET "name" = "excluded"."name"
        RETURNING "users"."id", "users"."email", "users"."name", "users"."bio", "users"."age", "users"."active""#,
    )
    .gives(
        (5, "ann", "Anna"),
        [Person { id: 1, bio: Some("writes 100% of it".into()), age: Some(31), ..person(5, "ann", "Anna") }],
    )
    .again((5, "eve", "Eve"), [person(5, "eve", "Eve")]);
}
