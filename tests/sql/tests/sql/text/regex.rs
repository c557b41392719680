//! Regular expressions that take text apart: replaced, first and counted matches.

use relvar_sql_tests::prelude::*;

/// `threads` where matches are counted.
#[derive(Table, Debug)]
#[table(name = "threads", dialect = Postgres)]
struct Headline {
    #[column(primary_key)]
    id: i64,
    title: String,
    note: Option<String>,
}

#[test]
fn matches_are_replaced_by_what_stands_for_itself() {
    query(|(pattern, by): (&str, &str)| {
        Account::query()
            .order_by(|u| u.id.asc())
            .select(|u| (u.name.regex_replace(pattern, by), u.bio.regex_replace(pattern, u.name)))
    })
    .postgres(
        r#"SELECT regexp_replace("users"."name", $1, replace($2, '\', '\\'), 'g'), regexp_replace("users"."bio", $3,
        replace("users"."name", '\', '\\'), 'g')
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql(
        r#"SELECT regexp_replace(`users`.`name`, ?, replace(replace(?, '\\', '\\\\'), '$', '\\$'), 1, 0, 'c'),
        regexp_replace(`users`.`bio`, ?, replace(replace(`users`.`name`, '\\', '\\\\'), '$', '\\$'), 1, 0, 'c')
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT regexp_replace(`users`.`name`, concat('(?-i)', ?), replace(?, '\\', '\\\\')),
        regexp_replace(`users`.`bio`, concat('(?-i)', ?), replace(`users`.`name`, '\\', '\\\\'))
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives(
        ("[a-z]+", r"<$1\1\\&>"),
        [
            (r"A<$1\1\\&>", Some("Ann 100% Ann Ann")),
            (r"B<$1\1\\&>", None),
            (r"Z<$1\1\\&>ë", Some(r"Zoë_Zoë \ Zoë")),
            (r"D<$1\1\\&> O'H<$1\1\\&>", None),
        ],
    )
    .again(
        ("^.", ""),
        [("nn", Some("Annrites 100% of it")), ("ob", None), ("oë", Some(r"Zoënake_case \ slash")), ("an O'Hara", None)],
    );
}

#[test]
fn the_first_match() {
    query(|pattern: &str| {
        Account::query().order_by(|u| u.id.asc()).select(|u| (u.name.regex_first(pattern), u.bio.regex_first(pattern)))
    })
    .postgres(
        r#"SELECT regexp_substr("users"."name", $1), regexp_substr("users"."bio", $2)
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql(
        r#"SELECT regexp_substr(`users`.`name`, ?, 1, 1, 'c'), regexp_substr(`users`.`bio`, ?, 1, 1, 'c')
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT CASE WHEN (`users`.`name`) REGEXP concat('(?-i)', ?) THEN regexp_substr(`users`.`name`,
        concat('(?-i)', ?)) END, CASE WHEN (`users`.`bio`) REGEXP concat('(?-i)', ?) THEN
        regexp_substr(`users`.`bio`, concat('(?-i)', ?)) END
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives("[a-z]+", [(Some("nn"), Some("writes")), (Some("ob"), None), (Some("o"), Some("snake")), (Some("an"), None)])
    .again("x*", [(Some(""), Some("")), (Some(""), None), (Some(""), Some("")), (Some(""), None)]);
}

#[test]
fn no_match_is_null() {
    query(|pattern: &str| {
        Account::query().filter(|u| u.id.lte(2)).order_by(|u| u.id.asc()).select(|u| u.name.regex_first(pattern))
    })
    .postgres(
        r#"SELECT regexp_substr("users"."name", $1) FROM "users" WHERE "users"."id" <= $2 ORDER BY "users"."id" ASC"#,
    )
    .mysql(
        r#"SELECT regexp_substr(`users`.`name`, ?, 1, 1, 'c')
        FROM `users`
        WHERE `users`.`id` <= ?
        ORDER BY `users`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT CASE WHEN (`users`.`name`) REGEXP concat('(?-i)', ?) THEN regexp_substr(`users`.`name`,
        concat('(?-i)', ?)) END
        FROM `users`
        WHERE `users`.`id` <= ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives("b$", [None, Some("b")])
    .again("a", [None::<&str>, None]);
}

#[test]
fn how_many_matches() {
    query(|pattern: &str| {
        Headline::query()
            .order_by(|t| t.id.asc())
            .select(|t| (t.title.regex_count(pattern), t.note.regex_count(pattern)))
    })
    .postgres(
        r#"SELECT regexp_count("threads"."title", $1), regexp_count("threads"."note", $2)
        FROM "threads"
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("[a-z]+", [(1, Some(1)), (1, None), (2, Some(1)), (2, None)])
    .again("s", [(0, Some(1)), (1, None), (2, Some(1)), (0, None)]);
}
