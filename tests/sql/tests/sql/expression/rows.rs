//! Rows compared with rows, CASE of one operand, UUIDs as text.

use relvar_sql_tests::prelude::*;

#[test]
fn rows_compare_part_by_part() {
    query(|(thread, id): (i64, i64)| {
        Comment::query()
            .filter(|c| (c.thread_id, c.id).gt((thread, id)))
            .order_by(|c| c.id.asc())
            .select(|c| (c.id, (c.id, c.thread_id).lte((4, c.thread_id))))
    })
    .postgres(
        r#"SELECT "comments"."id", ("comments"."id", "comments"."thread_id") <= ($1, "comments"."thread_id")
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."id") > ($2, $3)
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id`, `comments`.`id` < ? OR (`comments`.`id` = ? AND `comments`.`thread_id` <=
        `comments`.`thread_id`)
        FROM `comments`
        WHERE `comments`.`thread_id` > ? OR (`comments`.`thread_id` = ? AND `comments`.`id` > ?)
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id", ("comments"."id", "comments"."thread_id") <= (?1, "comments"."thread_id")
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."id") > (?2, ?3)
        ORDER BY "comments"."id" ASC"#,
    )
    .gives((1, 2), [(3, Some(true)), (4, Some(true)), (5, Some(false))])
    .again((2, 4), [(5, Some(false))]);
}

#[test]
fn rows_with_nulls() {
    query(|author: i64| {
        Comment::query().order_by(|c| c.id.asc()).select(|c| {
            (
                (c.thread_id, c.author_id).eq((1, author)),
                (c.author_id, c.thread_id).ne((author, 2)),
                (c.thread_id, c.author_id).lt((2, author)),
            )
        })
    })
    .postgres(
        r#"SELECT ("comments"."thread_id", "comments"."author_id") = ($1, $2), ("comments"."author_id",
        "comments"."thread_id") <> ($3, $4), ("comments"."thread_id", "comments"."author_id") < ($5, $6)
        FROM "comments"
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`thread_id` = ? AND `comments`.`author_id` = ?, `comments`.`author_id` <> ? OR
        `comments`.`thread_id` <> ?, `comments`.`thread_id` < ? OR (`comments`.`thread_id` = ? AND
        `comments`.`author_id` < ?)
        FROM `comments`
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT ("comments"."thread_id", "comments"."author_id") = (?1, ?2), ("comments"."author_id",
        "comments"."thread_id") <> (?3, ?4), ("comments"."thread_id", "comments"."author_id") < (?5, ?6)
        FROM "comments"
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(
        1,
        [
            (Some(true), Some(true), Some(true)),
            (Some(false), Some(true), Some(true)),
            (None, Some(true), Some(true)),
            (Some(false), Some(true), Some(false)),
            (Some(false), Some(true), Some(false)),
        ],
    )
    .again(
        2,
        [
            (Some(false), Some(true), Some(true)),
            (Some(true), Some(true), Some(true)),
            (None, Some(true), Some(true)),
            (Some(false), Some(false), Some(false)),
            (Some(false), Some(true), Some(false)),
        ],
    );
}

#[test]
fn rows_in_a_list() {
    query(|second: i64| {
        Comment::query()
            .filter(|c| (c.thread_id, c.author_id, c.body).in_list([(1, 2, "reply"), (second, 2, "alone")]))
            .order_by(|c| c.id.asc())
            .select(|c| c.id)
    })
    .postgres(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."author_id", "comments"."body") IN (($1, $2, $3), ($4, $5, $6))
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id`
        FROM `comments`
        WHERE (`comments`.`thread_id` = ? AND `comments`.`author_id` = ? AND `comments`.`body` = ?) OR
        (`comments`.`thread_id` = ? AND `comments`.`author_id` = ? AND `comments`.`body` = ?)
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id"
        FROM "comments"
        WHERE ("comments"."thread_id", "comments"."author_id", "comments"."body") IN ((?1, ?2, ?3), (?4, ?5, ?6))
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(2, [2, 4])
    .again(3, [2]);
}

#[test]
fn no_rows_in_an_empty_list() {
    query(|id: i64| {
        Comment::query()
            .filter(|c| (c.thread_id, c.id).in_list(Vec::<(i64, i64)>::new()) | c.id.eq(id))
            .select(|c| c.body)
    })
    .postgres(r#"SELECT "comments"."body" FROM "comments" WHERE "comments"."id" = $1"#)
    .mysql_and_mariadb(r#"SELECT `comments`.`body` FROM `comments` WHERE `comments`.`id` = ?"#)
    .sqlite(r#"SELECT "comments"."body" FROM "comments" WHERE "comments"."id" = ?1"#)
    .gives(1, ["root"])
    .again(5, ["third"]);
}

#[test]
fn a_case_of_one_operand() {
    query(|(name, age): (&str, i32)| {
        User::query().order_by(|u| u.id.asc()).select(|u| {
            (
                case_of(u.name).when(name, "first").when("Bob", u.name).otherwise("other"),
                case_of(u.age).when(age, 1i64).when(45, 2i64).end(),
            )
        })
    })
    .postgres(
        r#"SELECT CASE "users"."name" WHEN $1 THEN $2 WHEN $3 THEN "users"."name" ELSE $4 END, CASE "users"."age"
        WHEN $5 THEN $6 WHEN $7 THEN $8 END
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CASE `users`.`name` WHEN ? THEN ? WHEN ? THEN `users`.`name` ELSE ? END, CASE `users`.`age` WHEN ?
        THEN CAST(? AS SIGNED) WHEN ? THEN ? END
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT CASE "users"."name" WHEN ?1 THEN ?2 WHEN ?3 THEN "users"."name" ELSE ?4 END, CASE "users"."age"
        WHEN ?5 THEN ?6 WHEN ?7 THEN ?8 END
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .gives(("Ann", 31), [("first", Some(1)), ("Bob", Some(2)), ("other", None), ("other", Some(1))])
    .again(("Zoë", 1), [("other", None), ("Bob", Some(2)), ("first", None), ("other", None)]);
}

#[test]
fn a_uuid_as_text() {
    query(|key: Uuid| User::query().filter(|u| u.id.eq(1)).select(|_| value(key).hyphenated()))
        .postgres(r#"SELECT CAST($1 AS text) FROM "users" WHERE "users"."id" = $2"#)
        .mysql(r#"SELECT bin_to_uuid(?) FROM `users` WHERE `users`.`id` = ?"#)
        .mariadb(r#"SELECT CAST(? AS CHAR) FROM `users` WHERE `users`.`id` = ?"#)
        .sqlite(
            r#"SELECT (lower(substr(hex(?1), 1, 8)) || '-' || lower(substr(hex(?1), 9, 4)) || '-' ||
        lower(substr(hex(?1), 13, 4)) || '-' || lower(substr(hex(?1), 17, 4)) || '-' || lower(substr(hex(?1),
        21)))
        FROM "users"
        WHERE "users"."id" = ?2"#,
        )
        .gives("67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap(), ["67e55044-10b1-426f-9247-bb680e5fe0c8"])
        .again(Uuid::nil(), ["00000000-0000-0000-0000-000000000000"]);
}
