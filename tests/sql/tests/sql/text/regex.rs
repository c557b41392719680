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
fn groups_go_in_place_of_what_matched() {
    query(|(before, behind): (&str, &str)| {
        let (before, behind) = (before.to_owned(), behind.to_owned());
        Account::query().order_by(|u| u.id.asc()).select(move |u| {
            let turned = (before, regex_group(2), "$1", regex_group(1), u.name, regex_group(3), behind);
            (
                u.name.regex_replace("([A-Z])([a-z])(_)?", turned),
                u.bio.regex_replace("[a-z]+", ("<", regex_group(0), ">")),
            )
        })
    })
    .postgres(
        r#"SELECT regexp_replace("users"."name", $1, (((((replace($2, '\', '\\') || '\2') || replace($3, '\', '\\'))
        || '\1') || replace("users"."name", '\', '\\')) || '\3') || replace($4, '\', '\\'), 'g'),
        regexp_replace("users"."bio", $5, (replace($6, '\', '\\') || '\&') || replace($7, '\', '\\'), 'g')
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql(
        r#"SELECT regexp_replace(`users`.`name`, ?, CONCAT(CONCAT(CONCAT(CONCAT(CONCAT(CONCAT(replace(replace(?,
        '\\', '\\\\'), '$', '\\$'), '$2'), replace(replace(?, '\\', '\\\\'), '$', '\\$')), '$1'),
        replace(replace(`users`.`name`, '\\', '\\\\'), '$', '\\$')), '$3'), replace(replace(?, '\\', '\\\\'),
        '$', '\\$')), 1, 0, 'c'), regexp_replace(`users`.`bio`, ?, CONCAT(CONCAT(replace(replace(?, '\\',
        '\\\\'), '$', '\\$'), '$0'), replace(replace(?, '\\', '\\\\'), '$', '\\$')), 1, 0, 'c')
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT regexp_replace(`users`.`name`, concat('(?-i)', ?),
        CONCAT(CONCAT(CONCAT(CONCAT(CONCAT(CONCAT(replace(?, '\\', '\\\\'), '\\2'), replace(?, '\\', '\\\\')),
        '\\1'), replace(`users`.`name`, '\\', '\\\\')), '\\3'), replace(?, '\\', '\\\\'))),
        regexp_replace(`users`.`bio`, concat('(?-i)', ?), CONCAT(CONCAT(replace(?, '\\', '\\\\'), '\\0'),
        replace(?, '\\', '\\\\')))
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives(
        (r"\\1", "0"),
        [
            (r"\\1n$1AAnn0n", Some("<writes> 100% <of> <it>")),
            (r"\\1o$1BBob0b", None),
            (r"\\1o$1ZZoë0ë", Some(r"<snake>_<case> \ <slash>")),
            (r"\\1a$1DDan O'Hara0n O'\\1a$1HDan O'Hara0ra", None),
        ],
    )
    .again(
        ("", "$"),
        [
            ("n$1AAnn$n", Some("<writes> 100% <of> <it>")),
            ("o$1BBob$b", None),
            ("o$1ZZoë$ë", Some(r"<snake>_<case> \ <slash>")),
            ("a$1DDan O'Hara$n O'a$1HDan O'Hara$ra", None),
        ],
    );
}

#[test]
fn a_group_that_is_not_there_is_refused() {
    let refused = |pattern: &str| {
        let statement = Account::query().select(|u| u.name.regex_replace(pattern, ("x", regex_group(2))));
        statement.to_sql::<MySql>().unwrap_err().to_string()
    };
    assert!(refused("(a)").contains("it has no group 2: the last one is 1"), "{}", refused("(a)"));
    assert!(refused("()()()()()()()()()()").contains("it has 10 groups"));
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
