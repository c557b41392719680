//! RETURNING of an UPDATE that other sources decide.

use relvar_sql_tests::prelude::*;

#[test]
fn returning_the_changed_rows() {
    query(|(body, end): (&str, &str)| {
        Person::update()
            .join(Comment::table(), |p, c| c.author_id.eq(p.id))
            .filter(|(_, c)| c.body.eq(body))
            .set(|(p, c)| p.name.set(p.name.concat(c.body).concat(end)))
            .returning()
    })
    .postgres(
        r#"UPDATE "users"
        SET "name" = ("users"."name" || "comments"."body") || $1
        FROM "comments"
        WHERE "comments"."author_id" = "users"."id" AND "comments"."body" = $2
        RETURNING "users"."id", "users"."email", "users"."name", "users"."bio", "users"."age", "users"."active""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"UPDATE "users"
        SET "name" = ("users"."name" || "comments"."body") || ?1
        FROM "comments"
        WHERE "comments"."author_id" = "users"."id" AND "comments"."body" = ?2
        RETURNING "users"."id", "users"."email", "users"."name", "users"."bio", "users"."age", "users"."active""#,
    )
    .gives(
        ("reply", "!"),
        [Person {
            id: 2,
            email: "bob@example.org".into(),
            name: "Bobreply!".into(),
            bio: None,
            age: Some(45),
            active: false,
        }],
    )
    .again(("none", "?"), [(); 0]);
}

#[test]
fn returning_what_was_joined() {
    query(|(body, end): (&str, &str)| {
        User::update()
            .only_on::<Postgres>()
            .join(Comment::table(), |u, c| c.author_id.eq(u.id))
            .filter(|(_, c)| c.body.eq(body))
            .set(|(u, _)| u.name.set(u.name.concat(end)))
            .returning_as(|(u, c)| (u.name, c.thread_id))
    })
    .postgres(
        r#"UPDATE "users"
        SET "name" = "users"."name" || $1
        FROM "comments"
        WHERE "comments"."author_id" = "users"."id" AND "comments"."body" = $2
        RETURNING "users"."name", "comments"."thread_id""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(("reply", "!"), [("Bob!", 1)])
    .again(("third", "?"), [("Ann?", 3)]);
}
