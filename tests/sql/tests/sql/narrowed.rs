//! UPDATE and DELETE for fewer databases than those of the table, and with filters by name.

use relvar_sql_tests::prelude::*;

#[test]
fn an_update_for_fewer_databases() {
    query(|(id, pattern, end): (i64, &str, &str)| {
        User::update()
            .only_on::<Postgres>()
            .filter(|u| u.id.gte(id) & sql!("{} ~* {}", u.name, pattern).only_on::<Postgres>().condition())
            .set(|u| {
                (
                    u.active.set(false),
                    u.name.set_on(sql!("initcap({})", u.name.concat(end)).only_on::<Postgres>().returns::<String>()),
                )
            })
            .returning_as(|u| (u.id, u.name))
    })
    .postgres(
        r#"UPDATE "users"
        SET "active" = $1, "name" = initcap(("users"."name" || $2))
        WHERE "users"."id" >= $3 AND ("users"."name" ~* $4)
        RETURNING "users"."id", "users"."name""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((1, "AN", "!"), [(1, "Ann!"), (4, "Dan O'Hara!")])
    .again((2, "B", "?"), [(2, "Bob?")]);
}

#[test]
fn an_update_with_a_filter_by_name() {
    change(
        |(name, value): (&str, &str)| {
            User::update()
                .try_filter(|u| Named::of(u).compare(name, Comparison::Equal, value))
                .unwrap()
                .set(|u| u.active.set(false))
        },
        || User::query().filter(|u| u.active.eq(false)).order_by(|u| u.id.asc()).select(|u| u.id),
    )
    .postgres(r#"UPDATE "users" SET "active" = $1 WHERE "users"."name" = $2"#)
    .mysql_and_mariadb(r#"UPDATE `users` SET `active` = ? WHERE `users`.`name` = ?"#)
    .sqlite(r#"UPDATE "users" SET "active" = ?1 WHERE "users"."name" = ?2"#)
    .gives(("name", "Ann"), (1, [1, 2]))
    .again(("name", "nobody"), (0, [2]));
    let error = User::update().try_filter(|u| Named::of(u).compare("nam", Comparison::Equal, "x")).unwrap_err();
    assert!(error.to_string().contains("there is no `nam`"), "{error}");
}

#[test]
fn a_delete_for_fewer_databases() {
    query(|(id, pattern): (i64, &str)| {
        Comment::delete()
            .only_on::<(Postgres, Sqlite)>()
            .filter(|c| c.id.gte(id) & c.body.like(pattern))
            .returning_as(|c| c.id)
    })
    .postgres(
        r#"DELETE FROM "comments"
        WHERE "comments"."id" >= $1 AND ("comments"."body" LIKE $2 ESCAPE E'\\')
        RETURNING "comments"."id""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"DELETE FROM "comments"
        WHERE "comments"."id" >= ?1 AND ("comments"."body" LIKE ?2 ESCAPE '\')
        RETURNING "comments"."id""#,
    )
    .gives((3, "a%"), [4])
    .again((5, "%"), [5]);
}

#[test]
fn a_delete_with_a_filter_by_name() {
    change(
        |(name, value): (&str, &str)| {
            Comment::delete().try_filter(|c| Named::of(c).compare(name, Comparison::Equal, value)).unwrap()
        },
        || Comment::query().order_by(|c| c.id.asc()).select(|c| c.id),
    )
    .postgres(r#"DELETE FROM "comments" WHERE "comments"."body" = $1"#)
    .mysql_and_mariadb(r#"DELETE FROM `comments` WHERE `comments`.`body` = ?"#)
    .sqlite(r#"DELETE FROM "comments" WHERE "comments"."body" = ?1"#)
    .gives(("body", "alone"), (1, [1, 2, 3, 5]))
    .again(("body", "none"), (0, [1, 2, 3, 4, 5]));
}
