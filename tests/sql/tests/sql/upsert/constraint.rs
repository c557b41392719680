//! INSERT … ON CONFLICT ON CONSTRAINT.

use relvar_sql_tests::prelude::*;

fn user(id: i64, email: &str, name: &str) -> User {
    User { id, email: format!("{email}@example.org"), name: name.into(), bio: None, age: Some(1), active: true }
}

fn users() -> impl Fetchable<Row = (i64, String), Dialect = Portable> {
    User::query().filter(|u| u.id.eq(1) | u.id.gt(4)).order_by(|u| u.id.asc()).select(|u| (u.id, u.name))
}

#[test]
fn a_unique_constraint() {
    change(
        |(id, email, name): (i64, &str, &str)| {
            User::insert(user(id, email, name)).only_on::<Postgres>().on_constraint(User::EMAIL_KEY).do_nothing()
        },
        users,
    )
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT "users_email_key" DO NOTHING"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((5, "ann", "Other"), (0, [(1, "Ann")]))
    .again((5, "eve", "Eve"), (1, [(1, "Ann"), (5, "Eve")]));
}

#[test]
fn the_primary_key_by_the_name_that_the_database_gives_it() {
    change(
        |(id, name): (i64, &str)| {
            User::insert(user(id, "eve", name))
                .only_on::<Postgres>()
                .on_constraint(User::PRIMARY_KEY)
                .when(|u, new| u.name.ne(new.name))
                .update(|u, new| u.name.set(new.name))
        },
        users,
    )
    .postgres(
        r#"INSERT INTO "users" ("id", "email", "name", "bio", "age", "active")
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT "users_pkey" DO UPDATE
        SET "name" = "excluded"."name"
        WHERE "users"."name" <> "excluded"."name""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((1, "Anna"), (1, [(1, "Anna")]))
    .again((1, "Ann"), (0, [(1, "Ann")]));
}

#[test]
fn a_constraint_that_is_not_declared() {
    change(
        |(key, title): (u128, &str)| {
            let article = Article {
                id: 9,
                key: Uuid::from_u128(key),
                title: title.into(),
                body: None,
                tags: Vec::new(),
                scores: None,
            };
            Article::insert(article).on_constraint("articles' \"key\"").update(|a, new| a.title.set(new.title))
        },
        || Article::query().order_by(|a| a.id.asc()).select(|a| (a.id, a.title)),
    )
    .postgres(
        r#"INSERT INTO "articles" ("id", "key", "title", "body", "tags", "scores")
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT "articles' ""key""" DO UPDATE
        SET "title" = "excluded"."title""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((2, "New"), (1, [(1, "Quick foxes"), (2, "New"), (3, "Empty")]))
    .again((7, "Last"), (1, [(1, "Quick foxes"), (2, "Lazy dogs"), (3, "Empty"), (9, "Last")]));
}

#[test]
fn an_exclusion_constraint() {
    let day = |day: u32| NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
    change(
        move |(first, floors): (u32, Range<i32>)| {
            let nights = Range::from(day(first)..day(first + 2));
            let stay = Stay {
                id: 9,
                nights,
                during: None,
                floors,
                ids: Range::from(1..2),
                price: Range::Empty,
                clock: Range::Empty,
                address: None,
            };
            Stay::insert(stay).on_constraint(Exclusion::named("stays_apart")).do_nothing()
        },
        || Stay::query().order_by(|s| s.id.asc()).select(|s| s.id),
    )
    .postgres(
        r#"INSERT INTO "stays" ("id", "nights", "during", "floors", "ids", "price", "clock", "address")
        VALUES ($1, CAST($2 AS daterange), CAST($3 AS tstzrange), CAST($4 AS int4range), CAST($5 AS int8range),
        CAST($6 AS numrange), CAST($7 AS tsrange), CAST($8 AS inet)) ON CONFLICT ON CONSTRAINT "stays_apart" DO
        NOTHING"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((4, Range::from(1..4)), (0, [1, 2, 3]))
    .again((5, Range::from(1..4)), (1, [1, 2, 3, 9]));
}
