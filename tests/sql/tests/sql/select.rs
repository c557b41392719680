//! SELECT: filters, order, limits, distinct.

use relvar_sql_tests::prelude::*;

#[test]
fn a_whole_table() {
    query(|()| Counter::query())
        .postgres(r#"SELECT "counters"."id", "counters"."hits", "counters"."label" FROM "counters""#)
        .mysql_and_mariadb(r#"SELECT `counters`.`id`, `counters`.`hits`, `counters`.`label` FROM `counters`"#)
        .sqlite(r#"SELECT "counters"."id", "counters"."hits", "counters"."label" FROM "counters""#)
        .always([Counter { id: 1, hits: 5, label: "five".into() }]);
}

#[test]
fn several_filters_must_all_hold() {
    query(|(id, name): (i64, &str)| {
        User::query().filter(|u| u.id.gt(id)).filter(|u| u.name.ne(name)).order_by(|u| u.id.asc()).select(|u| u.name)
    })
    .postgres(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE "users"."id" > $1 AND "users"."name" <> $2
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`
        FROM `users`
        WHERE `users`.`id` > ? AND `users`.`name` <> ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name"
        FROM "users"
        WHERE "users"."id" > ?1 AND "users"."name" <> ?2
        ORDER BY "users"."id" ASC"#,
    )
    .gives((1, "Bob"), ["Zoë", "Dan O'Hara"])
    .again((0, "Zoë"), ["Ann", "Bob", "Dan O'Hara"]);
}

#[test]
fn a_filter_that_is_there() {
    query(|name: Option<&'static str>| User::query().filter_opt(name, |u, name| u.name.eq(name)).select(|u| u.id))
        .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."name" = $1"#)
        .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` WHERE `users`.`name` = ?"#)
        .sqlite(r#"SELECT "users"."id" FROM "users" WHERE "users"."name" = ?1"#)
        .gives(Some("Bob"), [2])
        .again(Some("Zoë"), [3]);
}

#[test]
fn a_filter_that_is_absent() {
    query(|(name, id): (Option<&'static str>, i64)| {
        User::query()
            .filter_opt(name, |u, name| u.name.eq(name))
            .filter(|u| u.id.gt(id))
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
    })
    .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" > $1 ORDER BY "users"."id" ASC"#)
    .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` WHERE `users`.`id` > ? ORDER BY `users`.`id` ASC"#)
    .sqlite(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" > ?1 ORDER BY "users"."id" ASC"#)
    .gives((None, 2), [3, 4])
    .again((None, 3), [4]);
}

#[test]
fn a_boolean_column_is_a_condition() {
    query(|id: i64| User::query().filter(|u| u.active).filter(|u| u.id.lt(id)).select(|u| u.name))
        .postgres(r#"SELECT "users"."name" FROM "users" WHERE "users"."active" AND "users"."id" < $1"#)
        .mysql_and_mariadb(r#"SELECT `users`.`name` FROM `users` WHERE `users`.`active` AND `users`.`id` < ?"#)
        .sqlite(r#"SELECT "users"."name" FROM "users" WHERE "users"."active" AND "users"."id" < ?1"#)
        .gives(2, ["Ann"])
        .again(1, [""; 0]);
}

#[test]
fn and_or_and_not_keep_their_parentheses() {
    query(|(a, b, c): (i64, i64, i64)| {
        User::query()
            .filter(|u| !(u.id.eq(a) | u.id.eq(b)) & (u.id.eq(c) | u.active) & !u.id.eq(4))
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE (NOT ("users"."id" = $1 OR "users"."id" = $2)) AND ("users"."id" = $3 OR "users"."active")
        AND (NOT "users"."id" = $4)
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`
        FROM `users`
        WHERE (NOT (`users`.`id` = ? OR `users`.`id` = ?)) AND (`users`.`id` = ? OR `users`.`active`) AND (NOT
        `users`.`id` = ?)
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE (NOT ("users"."id" = ?1 OR "users"."id" = ?2)) AND ("users"."id" = ?3 OR "users"."active")
        AND (NOT "users"."id" = ?4)
        ORDER BY "users"."id" ASC"#,
    )
    .gives((1, 2, 2), [3])
    .again((3, 4, 2), [1, 2]);
}

#[test]
fn and_and_or_as_methods() {
    query(|(a, b): (i64, i64)| {
        User::query().filter(|u| u.id.eq(a).or(u.id.eq(b)).and(u.active)).order_by(|u| u.id.asc()).select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE ("users"."id" = $1 OR "users"."id" = $2) AND "users"."active"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`
        FROM `users`
        WHERE (`users`.`id` = ? OR `users`.`id` = ?) AND `users`.`active`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE ("users"."id" = ?1 OR "users"."id" = ?2) AND "users"."active"
        ORDER BY "users"."id" ASC"#,
    )
    .gives((1, 2), [1])
    .again((3, 4), [3, 4]);
}

#[test]
fn all_of_a_list_of_conditions() {
    query(|ids: Vec<i64>| {
        User::query().filter(|u| all(ids.iter().map(|id| u.id.ne(id)))).order_by(|u| u.id.asc()).select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."id" <> $1 AND "users"."id" <> $2
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id` FROM `users` WHERE `users`.`id` <> ? AND `users`.`id` <> ? ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."id" <> ?1 AND "users"."id" <> ?2
        ORDER BY "users"."id" ASC"#,
    )
    .gives(vec![1, 2], [3, 4])
    .again(vec![3, 3], [1, 2, 4]);
}

#[test]
fn any_of_a_list_of_conditions() {
    query(|names: Vec<&'static str>| {
        User::query()
            .filter(|u| any(names.iter().map(|name| u.name.eq(*name))))
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."name" = $1 OR "users"."name" = $2
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`
        FROM `users`
        WHERE `users`.`name` = ? OR `users`.`name` = ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE "users"."name" = ?1 OR "users"."name" = ?2
        ORDER BY "users"."id" ASC"#,
    )
    .gives(vec!["Ann", "Zoë"], [1, 3])
    .again(vec!["Bob", "nobody"], [2]);
}

#[test]
fn no_conditions_at_all() {
    query(|()| {
        User::query()
            .filter(|_| all::<Portable>([]))
            .filter(|u| any::<Portable>([]) | u.id.is_not_null())
            .filter(|_| any::<Portable>([]))
            .select(|u| u.id)
    })
    .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" IS NOT NULL AND FALSE"#)
    .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` WHERE `users`.`id` IS NOT NULL AND FALSE"#)
    .sqlite(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" IS NOT NULL AND FALSE"#)
    .always([0; 0]);
}

#[test]
fn order_by_several_keys() {
    query(|id: i64| {
        User::query()
            .filter(|u| u.id.ne(id))
            .order_by(|u| (u.active.desc(), u.name.lower().asc()))
            .order_by(|u| u.id.asc())
            .select(|u| (u.active, u.name))
    })
    .postgres(
        r#"SELECT "users"."active", "users"."name"
        FROM "users"
        WHERE "users"."id" <> $1
        ORDER BY "users"."active" DESC, lower("users"."name") ASC, "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`active`, `users`.`name`
        FROM `users`
        WHERE `users`.`id` <> ?
        ORDER BY `users`.`active` DESC, lower(`users`.`name`) ASC, `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."active", "users"."name"
        FROM "users"
        WHERE "users"."id" <> ?1
        ORDER BY "users"."active" DESC, lower("users"."name") ASC, "users"."id" ASC"#,
    )
    .gives(3, [(true, "Ann"), (true, "Dan O'Hara"), (false, "Bob")])
    .again(4, [(true, "Ann"), (true, "Zoë"), (false, "Bob")]);
}

#[test]
fn order_by_keys_chosen_at_run_time() {
    query(|(id, newest): (i64, Option<()>)| {
        Thread::query()
            .filter(|t| t.id.lt(id))
            .order_by(|t| (newest.map(|()| t.created_at.desc()), vec![t.done.asc(), t.id.desc()]))
            .select(|t| t.id)
    })
    .postgres(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE "threads"."id" < $1
        ORDER BY "threads"."done" ASC, "threads"."id" DESC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE `threads`.`id` < ?
        ORDER BY `threads`.`done` ASC, `threads`.`id` DESC"#,
    )
    .sqlite(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE "threads"."id" < ?1
        ORDER BY "threads"."done" ASC, "threads"."id" DESC"#,
    )
    .gives((5, None), [4, 3, 1, 2])
    .again((4, None), [3, 1, 2]);
}

#[test]
fn nulls_first_and_last() {
    query(|id: i64| {
        User::query()
            .filter(|p| p.id.lt(id))
            .order_by(|p| (p.bio.desc().nulls_last(), p.age.asc().nulls_first(), p.id.asc()))
            .select(|p| (p.id, p.age))
    })
    .postgres(
        r#"SELECT "users"."id", "users"."age"
        FROM "users"
        WHERE "users"."id" < $1
        ORDER BY "users"."bio" DESC NULLS LAST, "users"."age" ASC NULLS FIRST, "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`, `users`.`age`
        FROM `users`
        WHERE `users`.`id` < ?
        ORDER BY `users`.`bio` IS NULL ASC, `users`.`bio` DESC, `users`.`age` IS NULL DESC, `users`.`age` ASC,
        `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id", "users"."age"
        FROM "users"
        WHERE "users"."id" < ?1
        ORDER BY "users"."bio" DESC NULLS LAST, "users"."age" ASC NULLS FIRST, "users"."id" ASC"#,
    )
    .gives(9, [(1, Some(31)), (3, None), (4, Some(31)), (2, Some(45))])
    .again(4, [(1, Some(31)), (3, None), (2, Some(45))]);
}

#[test]
fn nulls_are_where_the_database_has_them_unless_told() {
    query(|id: i64| User::query().filter(|u| u.id.gt(id)).order_by(|u| (u.age.asc(), u.id.asc())).select(|u| u.id))
        .postgres(
            r#"SELECT "users"."id"
            FROM "users"
            WHERE "users"."id" > $1
            ORDER BY "users"."age" ASC, "users"."id" ASC"#,
        )
        .mysql_and_mariadb(
            r#"SELECT `users`.`id` FROM `users` WHERE `users`.`id` > ? ORDER BY `users`.`age` ASC, `users`.`id` ASC"#,
        )
        .sqlite(
            r#"SELECT "users"."id"
            FROM "users"
            WHERE "users"."id" > ?1
            ORDER BY "users"."age" ASC, "users"."id" ASC"#,
        )
        .gives(0, PerDialect::of([1, 4, 2, 3], [3, 1, 4, 2], [3, 1, 4, 2]))
        .again(1, PerDialect::of([4, 2, 3], [3, 4, 2], [3, 4, 2]));
}

#[test]
fn limit() {
    query(|rows: u64| User::query().order_by(|u| u.id.asc()).select(|u| u.id).limit(rows))
        .postgres(r#"SELECT "users"."id" FROM "users" ORDER BY "users"."id" ASC LIMIT $1"#)
        .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` ORDER BY `users`.`id` ASC LIMIT ?"#)
        .sqlite(r#"SELECT "users"."id" FROM "users" ORDER BY "users"."id" ASC LIMIT ?1+0"#)
        .gives(2, [1, 2])
        .again(0, [0; 0]);
}

#[test]
fn limit_beyond_what_a_database_counts() {
    query(|rows: u64| User::query().order_by(|u| u.id.asc()).select(|u| u.id).limit(rows))
        .postgres(r#"SELECT "users"."id" FROM "users" ORDER BY "users"."id" ASC LIMIT $1"#)
        .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` ORDER BY `users`.`id` ASC LIMIT ?"#)
        .sqlite(r#"SELECT "users"."id" FROM "users" ORDER BY "users"."id" ASC LIMIT ?1+0"#)
        .gives(u64::MAX, [1, 2, 3, 4])
        .again(1, [1]);
}

#[test]
fn limit_and_offset() {
    query(|(rows, skip): (u64, u64)| User::query().order_by(|u| u.id.asc()).select(|u| u.id).limit(rows).offset(skip))
        .postgres(r#"SELECT "users"."id" FROM "users" ORDER BY "users"."id" ASC LIMIT $1 OFFSET $2"#)
        .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` ORDER BY `users`.`id` ASC LIMIT ? OFFSET ?"#)
        .sqlite(r#"SELECT "users"."id" FROM "users" ORDER BY "users"."id" ASC LIMIT ?1+0 OFFSET ?2+0"#)
        .gives((2, 1), [2, 3])
        .again((1, 3), [4]);
}

#[test]
fn offset_alone() {
    query(|skip: u64| User::query().order_by(|u| u.id.asc()).select(|u| u.id).offset(skip))
        .postgres(r#"SELECT "users"."id" FROM "users" ORDER BY "users"."id" ASC OFFSET $1"#)
        .mysql_and_mariadb(
            r#"SELECT `users`.`id` FROM `users` ORDER BY `users`.`id` ASC LIMIT 18446744073709551615 OFFSET ?"#,
        )
        .sqlite(r#"SELECT "users"."id" FROM "users" ORDER BY "users"."id" ASC LIMIT -1 OFFSET ?1+0"#)
        .gives(3, [4])
        .again(2, [3, 4]);
}

#[test]
fn distinct() {
    query(|id: i64| User::query().filter(|u| u.id.gt(id)).select(|u| u.active).distinct().order_by(|u| u.active.asc()))
        .postgres(
            r#"SELECT DISTINCT "users"."active"
        FROM "users"
        WHERE "users"."id" > $1
        ORDER BY "users"."active" ASC"#,
        )
        .mysql_and_mariadb(
            r#"SELECT DISTINCT `users`.`active` FROM `users` WHERE `users`.`id` > ? ORDER BY `users`.`active` ASC"#,
        )
        .sqlite(
            r#"SELECT DISTINCT "users"."active"
        FROM "users"
        WHERE "users"."id" > ?1
        ORDER BY "users"."active" ASC"#,
        )
        .gives(0, [false, true])
        .again(2, [true]);
}

#[test]
fn distinct_on() {
    query(|id: i64| {
        Number::query()
            .only_on::<Postgres>()
            .filter(|n| n.id.gt(id))
            .distinct_on(|n| n.small)
            .order_by(|n| (n.small.asc(), n.id.desc()))
            .select(|n| (n.small, n.id))
    })
    .postgres(
        r#"SELECT DISTINCT ON ("numbers"."small") "numbers"."small", "numbers"."id"
        FROM "numbers"
        WHERE "numbers"."id" > $1
        ORDER BY "numbers"."small" ASC, "numbers"."id" DESC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(0, [(-7, 2), (0, 3), (7, 4)])
    .again(2, [(0, 3), (7, 4)]);
}

#[test]
fn a_row_by_a_unique_key() {
    query(|email: &str| User::find_by(User::EMAIL_KEY, email).select(|p| p.name))
        .postgres(r#"SELECT "users"."name" FROM "users" WHERE "users"."email" = $1"#)
        .mysql_and_mariadb(r#"SELECT `users`.`name` FROM `users` WHERE `users`.`email` = ?"#)
        .sqlite(r#"SELECT "users"."name" FROM "users" WHERE "users"."email" = ?1"#)
        .gives("bob@example.org", ["Bob"])
        .again("nobody@example.org", [""; 0]);
}

#[test]
fn a_condition_that_is_a_function_of_nullable_columns() {
    fn grown<N: Nullness>(u: UserColumns<N>, age: i32) -> Condition<Portable> {
        u.age.gte(age) & u.bio.is_null()
    }
    query(|age: i32| {
        Comment::query()
            .left_join(User::table(), |c, u| c.author_id.eq(u.id))
            .filter(|(_, u)| grown(u, age))
            .filter(|(c, _)| exists(User::query().filter(|u| grown(u, age) & u.id.eq(c.author_id))))
            .order_by(|(c, _)| c.id.asc())
            .select(|(c, _)| c.id)
    })
    .postgres(
        r#"SELECT "comments"."id"
        FROM "comments"
        LEFT JOIN "users" ON "comments"."author_id" = "users"."id"
        WHERE "users"."age" >= $1 AND "users"."bio" IS NULL AND EXISTS(SELECT 1 FROM "users" AS "users_2" WHERE
        "users_2"."age" >= $2 AND "users_2"."bio" IS NULL AND "users_2"."id" = "comments"."author_id")
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id`
        FROM `comments`
        LEFT JOIN `users` ON `comments`.`author_id` = `users`.`id`
        WHERE `users`.`age` >= ? AND `users`.`bio` IS NULL AND EXISTS(SELECT 1 FROM `users` AS `users_2` WHERE
        `users_2`.`age` >= ? AND `users_2`.`bio` IS NULL AND `users_2`.`id` = `comments`.`author_id`)
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id"
        FROM "comments"
        LEFT JOIN "users" ON "comments"."author_id" = "users"."id"
        WHERE "users"."age" >= ?1 AND "users"."bio" IS NULL AND EXISTS(SELECT 1 FROM "users" AS "users_2" WHERE
        "users_2"."age" >= ?2 AND "users_2"."bio" IS NULL AND "users_2"."id" = "comments"."author_id")
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(40, [2, 4])
    .again(50, [0; 0]);
}
