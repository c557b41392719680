//! Common table expressions that change rows, and changes on top of common table expressions; tags.

use relvar_sql_tests::prelude::*;

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Article)]
struct NewArticle {
    id: i64,
    title: String,
    tags: Vec<String>,
}

#[test]
fn what_a_delete_takes_is_inserted() {
    change(
        |id: i64| {
            let gone = Article::delete()
                .filter(|a| a.id.eq(id))
                .returning_as(|a| NewArticleExprs { id: a.id + 100, title: a.title, tags: a.tags })
                .cte("gone");
            Article::insert_from(gone.query())
        },
        || Article::query().filter(|a| a.id.gt(100)).select(|a| (a.id, a.title)),
    )
    .postgres(
        r#"WITH "gone" ("id", "title", "tags") AS (DELETE FROM "articles" AS "articles_2" WHERE
        "articles_2"."id" = $1 RETURNING "articles_2"."id" + $2, "articles_2"."title", "articles_2"."tags")
        INSERT INTO "articles" ("id", "title", "tags") SELECT "gone"."id", "gone"."title", "gone"."tags"
        FROM "gone""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, (1, [(101, "Quick foxes")]))
    .again(2, (1, [(102, "Lazy dogs")]));
}

#[test]
fn what_an_update_and_an_insert_give_back_is_selected() {
    query(|(id, title): (i64, &str)| {
        let changed = Article::update()
            .filter(|a| a.id.lt(id))
            .set(|a| a.title.set(title))
            .returning_as(|a| (a.id, a.title))
            .cte("changed");
        let made = Article::insert(NewArticle { id: id + 10, title: title.to_owned(), tags: Vec::new() })
            .returning_as(|a| (a.id, a.title))
            .cte("made");
        changed.query().union_all(made.query()).query().order_by(|row| row.0.asc())
    })
    .postgres(
        r#"WITH "changed" ("c0", "c1") AS (UPDATE "articles" SET "title" = $1 WHERE "articles"."id" < $2
        RETURNING "articles"."id", "articles"."title"), "made" ("c0", "c1") AS (INSERT INTO "articles" AS
        "articles_2" ("id", "title", "tags") VALUES ($3, $4, $5) RETURNING "articles_2"."id",
        "articles_2"."title") SELECT "derived"."c0", "derived"."c1"
        FROM (SELECT "changed"."c0" AS "c0", "changed"."c1" AS "c1" FROM "changed" UNION ALL (SELECT
        "made"."c0" AS "c0", "made"."c1" AS "c1" FROM "made")) AS "derived"
        ORDER BY "derived"."c0" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((2, "new"), [(1, "new"), (12, "new")])
    .again((1, "newer"), [(11, "newer")]);
}

#[test]
fn a_change_that_nothing_refers_to_is_made() {
    change(
        |(gone, kept): (i64, i64)| {
            let deleted = Article::delete().filter(|a| a.id.eq(gone)).returning().cte("deleted");
            Article::update().filter(|a| a.id.eq(kept)).set(|a| a.title.set("kept")).with(&deleted)
        },
        || Article::query().order_by(|a| a.id.asc()).select(|a| (a.id, a.title)),
    )
    .postgres(
        r#"WITH "deleted" ("id", "key", "title", "body", "tags", "scores") AS (DELETE FROM "articles" AS
        "articles_2" WHERE "articles_2"."id" = $1 RETURNING "articles_2"."id", "articles_2"."key",
        "articles_2"."title", "articles_2"."body", "articles_2"."tags", "articles_2"."scores") UPDATE
        "articles" SET "title" = $2
        WHERE "articles"."id" = $3"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((1, 2), (1, [(2, "kept"), (3, "Empty")]))
    .again((2, 9), (0, [(1, "Quick foxes"), (3, "Empty")]));
}

#[test]
fn tags_stand_in_a_comment() {
    query(|id: i64| {
        let user = User::query().filter(|u| u.id.eq(id)).select(|u| u.name);
        user.tag("route", "/users/:id?*/ 'x'").tag("controller", "users")
    })
    .postgres(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE "users"."id" = $1 /*controller='users',route='%2Fusers%2F%3Aid%3F%2A%2F%20%27x%27'*/"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`
        FROM `users`
        WHERE `users`.`id` = ? /*controller='users',route='%2Fusers%2F%3Aid%3F%2A%2F%20%27x%27'*/"#,
    )
    .sqlite(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE "users"."id" = ?1 /*controller='users',route='%2Fusers%2F%3Aid%3F%2A%2F%20%27x%27'*/"#,
    )
    .gives(1, ["Ann"])
    .again(2, ["Bob"]);
}

#[test]
fn tags_of_a_change() {
    change(
        |id: i64| User::update().filter(|u| u.id.eq(id)).set(|u| u.name.set("Eve")).tag("job", "rename"),
        || User::query().filter(|u| u.name.eq("Eve")).select(|u| u.id),
    )
    .postgres(r#"UPDATE "users" SET "name" = $1 WHERE "users"."id" = $2 /*job='rename'*/"#)
    .mysql_and_mariadb(r#"UPDATE `users` SET `name` = ? WHERE `users`.`id` = ? /*job='rename'*/"#)
    .sqlite(r#"UPDATE "users" SET "name" = ?1 WHERE "users"."id" = ?2 /*job='rename'*/"#)
    .gives(1, (1, [1]))
    .again(2, (1, [2]));
}

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Counter)]
struct Kept {
    hits: i64,
    label: String,
}

#[test]
fn what_a_delete_takes_is_kept_in_a_portable_table() {
    change(
        |id: i64| {
            let gone = Comment::delete()
                .only_on::<Postgres>()
                .filter(|c| c.id.eq(id))
                .returning_as(|c| KeptExprs { hits: c.id, label: c.body })
                .cte("gone");
            Counter::insert_from(gone.query())
        },
        || Counter::query().only_on::<Postgres>().order_by(|c| c.hits.asc()).select(|c| (c.hits, c.label)),
    )
    .postgres(
        r#"WITH "gone" ("hits", "label") AS (DELETE FROM "comments" WHERE "comments"."id" = $1 RETURNING
        "comments"."id", "comments"."body") INSERT INTO "counters" ("hits", "label")
        SELECT "gone"."hits", "gone"."label"
        FROM "gone""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(4, (1, [(4, "alone"), (5, "five")]))
    .again(3, (1, [(3, "deep"), (5, "five")]));
}
