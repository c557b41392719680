//! Text: LIKE and its escapes, case, parts, concatenation; and full-text search.

mod parts;
mod regex;

use relvar_sql_tests::prelude::*;

#[test]
fn like_with_the_patterns_wildcards() {
    query(|pattern: &str| Thread::query().filter(|t| t.title.like(pattern)).order_by(|t| t.id.asc()).select(|t| t.id))
        .postgres(
            r#"SELECT "threads"."id"
            FROM "threads"
            WHERE "threads"."title" LIKE $1 ESCAPE E'\\'
            ORDER BY "threads"."id" ASC"#,
        )
        .mysql_and_mariadb(
            r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE `threads`.`title` LIKE ? ESCAPE _utf8mb4 X'5C'
        ORDER BY `threads`.`id` ASC"#,
        )
        .sqlite(
            r#"SELECT "threads"."id"
            FROM "threads"
            WHERE "threads"."title" LIKE ?1 ESCAPE '\'
            ORDER BY "threads"."id" ASC"#,
        )
        .gives("%s%e%", [2, 3])
        .again("H_llo", [1]);
}

#[test]
fn like_with_the_users_wildcards_escaped() {
    query(|word: &str| {
        Thread::query().filter(|t| t.title.like(contains(word))).order_by(|t| t.id.asc()).select(|t| t.title)
    })
    .postgres(
        r#"SELECT "threads"."title"
        FROM "threads"
        WHERE "threads"."title" LIKE $1 ESCAPE E'\\'
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `threads`.`title`
        FROM `threads`
        WHERE `threads`.`title` LIKE ? ESCAPE _utf8mb4 X'5C'
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."title"
        FROM "threads"
        WHERE "threads"."title" LIKE ?1 ESCAPE '\'
        ORDER BY "threads"."id" ASC"#,
    )
    .gives("0%", ["100% sure"])
    .again("_", ["snake_case"]);
}

#[test]
fn a_backslash_is_escaped_too() {
    query(|word: &str| User::query().filter(|u| u.bio.like(contains(word))).order_by(|u| u.id.asc()).select(|u| u.id))
        .postgres(
            r#"SELECT "users"."id"
            FROM "users"
            WHERE "users"."bio" LIKE $1 ESCAPE E'\\'
            ORDER BY "users"."id" ASC"#,
        )
        .mysql_and_mariadb(
            r#"SELECT `users`.`id`
        FROM `users`
        WHERE `users`.`bio` LIKE ? ESCAPE _utf8mb4 X'5C'
        ORDER BY `users`.`id` ASC"#,
        )
        .sqlite(
            r#"SELECT "users"."id"
            FROM "users"
            WHERE "users"."bio" LIKE ?1 ESCAPE '\'
            ORDER BY "users"."id" ASC"#,
        )
        .gives("\\", [3])
        .again("e \\ s", [3]);
}

#[test]
fn starts_and_ends_with() {
    query(|(start, end): (&str, &str)| {
        Thread::query()
            .filter(|t| t.title.like(starts_with(start)) | t.title.like(ends_with(end)))
            .order_by(|t| t.id.asc())
            .select(|t| t.id)
    })
    .postgres(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE ("threads"."title" LIKE $1 ESCAPE E'\\') OR ("threads"."title" LIKE $2 ESCAPE E'\\')
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `threads`.`id`
        FROM `threads`
        WHERE (`threads`.`title` LIKE ? ESCAPE _utf8mb4 X'5C') OR (`threads`.`title` LIKE ? ESCAPE _utf8mb4
        X'5C')
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."id"
        FROM "threads"
        WHERE ("threads"."title" LIKE ?1 ESCAPE '\') OR ("threads"."title" LIKE ?2 ESCAPE '\')
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(("100%", "_case"), [2, 3])
    .again(("Gr", "%"), [4]);
}

#[test]
fn not_like() {
    query(|pattern: &str| Thread::query().filter(|t| t.note.not_like(pattern)).select(|t| t.id))
        .postgres(r#"SELECT "threads"."id" FROM "threads" WHERE "threads"."note" NOT LIKE $1 ESCAPE E'\\'"#)
        .mysql_and_mariadb(
            r#"SELECT `threads`.`id` FROM `threads` WHERE `threads`.`note` NOT LIKE ? ESCAPE _utf8mb4 X'5C'"#,
        )
        .sqlite(r#"SELECT "threads"."id" FROM "threads" WHERE "threads"."note" NOT LIKE ?1 ESCAPE '\'"#)
        .gives("f%", [3])
        .again("s%", [1]);
}

#[test]
fn whether_case_counts_in_like_is_the_databases() {
    query(|pattern: &str| Thread::query().filter(|t| t.title.like(pattern)).select(|t| t.id))
        .postgres(r#"SELECT "threads"."id" FROM "threads" WHERE "threads"."title" LIKE $1 ESCAPE E'\\'"#)
        .mysql_and_mariadb(
            r#"SELECT `threads`.`id` FROM `threads` WHERE `threads`.`title` LIKE ? ESCAPE _utf8mb4 X'5C'"#,
        )
        .sqlite(r#"SELECT "threads"."id" FROM "threads" WHERE "threads"."title" LIKE ?1 ESCAPE '\'"#)
        .gives("hello", PerDialect::of([0; 0], [0; 0], [1]))
        .again("SNAKE%", PerDialect::of([0; 0], [0; 0], [3]));
}

#[test]
fn ilike() {
    query(|word: &str| Article::query().filter(|a| a.title.ilike(contains(word))).select(|a| a.id))
        .postgres(r#"SELECT "articles"."id" FROM "articles" WHERE "articles"."title" ILIKE $1 ESCAPE E'\\'"#)
        .mysql_and_mariadb(DoesNotCompile)
        .sqlite(DoesNotCompile)
        .gives("QUICK", [1])
        .again("dog", [2]);
}

#[test]
fn concat() {
    query(|(id, between): (i64, &str)| {
        User::query().filter(|u| u.id.eq(id)).select(|u| {
            (u.name.concat(between).concat(u.email), u.name.concat(u.bio), u.id.cast::<String>().concat(u.name))
        })
    })
    .postgres(
        r#"SELECT ("users"."name" || $1) || "users"."email", "users"."name" || "users"."bio", CAST("users"."id" AS
        text) || "users"."name"
        FROM "users"
        WHERE "users"."id" = $2"#,
    )
    .mysql(
        r#"SELECT CONCAT(CONCAT(`users`.`name`, ?), `users`.`email`), CONCAT(`users`.`name`, `users`.`bio`),
        CONCAT(concat(`users`.`id`), `users`.`name`)
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT CONCAT(CONCAT(`users`.`name`, ?), `users`.`email`), CONCAT(`users`.`name`, `users`.`bio`),
        CONCAT(CAST(`users`.`id` AS CHAR), `users`.`name`)
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT ("users"."name" || ?1) || "users"."email", "users"."name" || "users"."bio", CAST("users"."id" AS
        TEXT) || "users"."name"
        FROM "users"
        WHERE "users"."id" = ?2"#,
    )
    .gives((1, " <"), [("Ann <ann@example.org", Some("Annwrites 100% of it"), "1Ann")])
    .again((2, "'"), [("Bob'bob@example.org", None::<&str>, "2Bob")]);
}

/// MySQL takes the UTF-8 in it for Latin-1 if the number is text by CAST.
#[test]
fn minimum_of_text_with_a_number() {
    query(|between: &str| {
        User::query()
            .group_by(|u| u.id)
            .having(|id, _| id.lt(3))
            .order_by(|id, _| id.asc())
            .select(|_, g| g.min(|u| u.name.concat(between).concat(u.id.cast::<String>())))
    })
    .postgres(
        r#"SELECT min(("users"."name" || $1) || CAST("users"."id" AS text))
        FROM "users"
        GROUP BY "users"."id"
        HAVING "users"."id" < $2
        ORDER BY "users"."id" ASC"#,
    )
    .mysql(
        r#"SELECT min(CONCAT(CONCAT(`users`.`name`, ?), concat(`users`.`id`)))
        FROM `users`
        GROUP BY `users`.`id`
        HAVING `users`.`id` < ?
        ORDER BY `users`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT min(CONCAT(CONCAT(`users`.`name`, ?), CAST(`users`.`id` AS CHAR)))
        FROM `users`
        GROUP BY `users`.`id`
        HAVING `users`.`id` < ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT min(("users"."name" || ?1) || CAST("users"."id" AS TEXT))
        FROM "users"
        GROUP BY "users"."id"
        HAVING "users"."id" < ?2
        ORDER BY "users"."id" ASC"#,
    )
    .gives("🦀", [Some("Ann🦀1"), Some("Bob🦀2")])
    .again("ß", [Some("Annß1"), Some("Bobß2")]);
}

#[test]
fn lower_and_upper() {
    query(|name: &str| User::query().filter(|u| u.name.lower().eq(name)).select(|u| (u.name.upper(), u.bio.lower())))
        .postgres(
            r#"SELECT upper("users"."name"), lower("users"."bio")
            FROM "users"
            WHERE lower("users"."name") = $1"#,
        )
        .mysql_and_mariadb(
            r#"SELECT upper(`users`.`name`), lower(`users`.`bio`) FROM `users` WHERE lower(`users`.`name`) = ?"#,
        )
        .sqlite(
            r#"SELECT upper("users"."name"), lower("users"."bio")
            FROM "users"
            WHERE lower("users"."name") = ?1"#,
        )
        .gives("ann", [("ANN", Some("writes 100% of it"))])
        .again("bob", [("BOB", None::<&str>)]);
}

#[test]
fn length_is_in_characters() {
    query(|length: i32| {
        Thread::query()
            .filter(|t| t.title.char_length().gte(length))
            .order_by(|t| t.id.asc())
            .select(|t| (t.title, t.title.char_length(), t.note.char_length()))
    })
    .postgres(
        r#"SELECT "threads"."title", char_length("threads"."title"), char_length("threads"."note")
        FROM "threads"
        WHERE char_length("threads"."title") >= $1
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `threads`.`title`, char_length(`threads`.`title`), char_length(`threads`.`note`)
        FROM `threads`
        WHERE char_length(`threads`.`title`) >= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "threads"."title", length("threads"."title"), length("threads"."note")
        FROM "threads"
        WHERE length("threads"."title") >= ?1
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(7, [("100% sure", 9, None), ("snake_case", 10, Some(6)), ("Größe 🦀", 7, None)])
    .again(10, [("snake_case", 10, Some(6))]);
}

#[test]
fn trim() {
    query(|text: &str| {
        let text = text.to_owned();
        Counter::query().select(move |_| {
            let text = value(text);
            (text.clone().trim(), text.clone().trim_start(), text.trim_end())
        })
    })
    .postgres(r#"SELECT trim($1), ltrim($1), rtrim($1) FROM "counters""#)
    .mysql_and_mariadb(r#"SELECT trim(?), ltrim(?), rtrim(?) FROM `counters`"#)
    .sqlite(r#"SELECT trim(?1), ltrim(?1), rtrim(?1) FROM "counters""#)
    .gives("  a b ", [("a b", "a b ", "  a b")])
    .again(" ", [("", "", "")]);
}

#[test]
fn substring_counts_from_one() {
    query(|(from, length): (i32, i32)| {
        Thread::query().filter(|t| t.id.eq(4)).select(|t| t.title.substring(from, length))
    })
    .postgres(r#"SELECT substr("threads"."title", $1, $2) FROM "threads" WHERE "threads"."id" = $3"#)
    .mysql_and_mariadb(r#"SELECT substr(`threads`.`title`, ?, ?) FROM `threads` WHERE `threads`.`id` = ?"#)
    .sqlite(r#"SELECT substr("threads"."title", ?1, ?2) FROM "threads" WHERE "threads"."id" = ?3"#)
    .gives((3, 3), ["öße"])
    .again((7, 9), ["🦀"]);
}

#[test]
fn replace_and_position() {
    query(|(from, to): (&str, &str)| {
        let (from, to) = (from.to_owned(), to.to_owned());
        Thread::query()
            .filter(|t| t.id.gte(3))
            .order_by(|t| t.id.asc())
            .select(|t| (t.title.replace(from.clone(), to), t.title.position(from.clone()), t.note.position(from)))
    })
    .postgres(
        r#"SELECT replace("threads"."title", $1, $2), strpos("threads"."title", $3), strpos("threads"."note", $4)
        FROM "threads"
        WHERE "threads"."id" >= $5
        ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT replace(`threads`.`title`, ?, ?), locate(?, `threads`.`title`), locate(?, `threads`.`note`)
        FROM `threads`
        WHERE `threads`.`id` >= ?
        ORDER BY `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT replace("threads"."title", ?1, ?2), instr("threads"."title", ?3), instr("threads"."note", ?4)
        FROM "threads"
        WHERE "threads"."id" >= ?5
        ORDER BY "threads"."id" ASC"#,
    )
    .gives(("_", "-"), [("snake-case", 6, Some(0)), ("Größe 🦀", 0, None)])
    .again(("e", "€"), [("snak€_cas€", 5, Some(2)), ("Größ€ 🦀", 5, None)]);
}

#[test]
fn text_is_compared_as_it_is() {
    query(|name: &str| User::query().filter(|u| u.name.eq(name)).select(|u| u.id))
        .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."name" = $1"#)
        .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` WHERE `users`.`name` = ?"#)
        .sqlite(r#"SELECT "users"."id" FROM "users" WHERE "users"."name" = ?1"#)
        .gives("Dan O'Hara", [4])
        .again("' OR 1=1 --", [0; 0]);
}

#[test]
fn full_text_search() {
    query(|words: &str| {
        Article::query().filter(|a| a.body.matches(English, words)).order_by(|a| a.id.asc()).select(|a| a.id)
    })
    .postgres(
        r#"SELECT "articles"."id"
        FROM "articles"
        WHERE to_tsvector(CAST('english' AS regconfig), "articles"."body") @@ websearch_to_tsquery(CAST('english'
        AS regconfig), $1)
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("jumping fox", [1])
    .again("fox or sleeping -quick", [1, 2]);
}

#[test]
fn full_text_search_takes_any_input() {
    query(|words: &str| Article::query().filter(|a| a.title.matches(Simple, words)).select(|a| a.id))
        .postgres(
            r#"SELECT "articles"."id"
            FROM "articles"
            WHERE to_tsvector(CAST('simple' AS regconfig), "articles"."title") @@
            websearch_to_tsquery(CAST('simple' AS regconfig), $1)"#,
        )
        .mysql_and_mariadb(DoesNotCompile)
        .sqlite(DoesNotCompile)
        .gives("dogs", [2])
        .again("'!&|:* (\\", [0; 0]);
}

#[test]
fn full_text_search_in_a_document_of_several_columns() {
    query(|(id, words): (i64, &str)| {
        Article::query()
            .filter(|a| a.title.concat(" ").concat(a.body.coalesce("")).matches(English, words) & a.id.lte(id))
            .order_by(|a| a.id.asc())
            .select(|a| (a.id, to_tsvector(Simple, a.title).is_not_null().is_true()))
    })
    .postgres(
        r#"SELECT "articles"."id", (to_tsvector(CAST('simple' AS regconfig), "articles"."title") IS NOT NULL) IS TRUE
        FROM "articles"
        WHERE (to_tsvector(CAST('english' AS regconfig), ("articles"."title" || $1) ||
        coalesce("articles"."body", $2)) @@ websearch_to_tsquery(CAST('english' AS regconfig), $3))
        AND "articles"."id" <= $4
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((3, "\"brown foxes\""), [(1, true)])
    .again((3, "empty"), [(3, true)]);
}
