//! Functions of text: parts, padding, separators, regular expressions, collations.

use relvar_sql_tests::prelude::*;

#[test]
fn lengths_in_characters_and_bytes() {
    query(|id: i64| {
        User::query()
            .filter(|u| u.id.eq(id))
            .select(|u| (u.name.char_length(), u.name.byte_length(), u.bio.byte_length()))
    })
    .postgres(
        r#"SELECT char_length("users"."name"), octet_length("users"."name"), octet_length("users"."bio")
        FROM "users"
        WHERE "users"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT char_length(`users`.`name`), octet_length(`users`.`name`), octet_length(`users`.`bio`)
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT length("users"."name"), octet_length("users"."name"), octet_length("users"."bio")
        FROM "users"
        WHERE "users"."id" = ?1"#,
    )
    .gives(3, [(3, 4, Some(18))])
    .again(2, [(3, 3, None::<i32>)]);
}

#[test]
fn left_and_right() {
    query(|n: u32| {
        Thread::query().filter(|t| t.id.eq(4)).select(|t| (t.title.left(n), t.title.right(n), t.note.left(2)))
    })
    .postgres(
        r#"SELECT left("threads"."title", $1), right("threads"."title", $2), left("threads"."note", $3)
        FROM "threads"
        WHERE "threads"."id" = $4"#,
    )
    .mysql_and_mariadb(
        r#"SELECT left(`threads`.`title`, ?), right(`threads`.`title`, ?), left(`threads`.`note`, ?)
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT substr("threads"."title", 1, ?1), substr("threads"."title", -?2, ?2), substr("threads"."note",
        1, ?3)
        FROM "threads"
        WHERE "threads"."id" = ?4"#,
    )
    .gives(3, [("Grö", "e 🦀", None::<String>)])
    .again(99, [("Größe 🦀", "Größe 🦀", None::<String>)]);
}

#[test]
fn none_of_the_characters() {
    query(|n: u32| {
        Thread::query().filter(|t| t.id.eq(1)).select(|t| (t.title.left(n), t.title.right(n), t.title.repeat(n)))
    })
    .postgres(
        r#"SELECT left("threads"."title", $1), right("threads"."title", $2), repeat("threads"."title", $3)
        FROM "threads"
        WHERE "threads"."id" = $4"#,
    )
    .mysql_and_mariadb(
        r#"SELECT left(`threads`.`title`, ?), right(`threads`.`title`, ?), repeat(`threads`.`title`, ?)
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT substr("threads"."title", 1, ?1), substr("threads"."title", -?2, ?2),
        replace(hex(zeroblob(?3)), '00', "threads"."title")
        FROM "threads"
        WHERE "threads"."id" = ?4"#,
    )
    .gives(0, [("", "", "")])
    .again(1, [("H", "o", "Hello")]);
}

#[test]
fn substring_before_the_start() {
    query(|(from, length): (i32, i32)| {
        Thread::query().filter(|t| t.id.eq(1)).select(|t| t.title.substring(from, length))
    })
    .postgres(r#"SELECT substr("threads"."title", $1, $2) FROM "threads" WHERE "threads"."id" = $3"#)
    .mysql_and_mariadb(r#"SELECT substr(`threads`.`title`, ?, ?) FROM `threads` WHERE `threads`.`id` = ?"#)
    .sqlite(r#"SELECT substr("threads"."title", ?1, ?2) FROM "threads" WHERE "threads"."id" = ?3"#)
    .gives((0, 3), ["He"])
    .again((-5, 3), [""]);
}

#[test]
fn padding() {
    query(|(n, fill): (u32, char)| {
        User::query()
            .filter(|u| u.id.in_list([1, 2]))
            .order_by(|u| u.id.asc())
            .select(|u| (u.name.pad_start(n, fill), u.name.pad_end(n, fill), u.bio.pad_start(5, fill)))
    })
    .postgres(
        r#"SELECT lpad("users"."name", $1, $2), rpad("users"."name", $3, $4), lpad("users"."bio", $5, $6)
        FROM "users"
        WHERE "users"."id" = ANY($7)
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT lpad(`users`.`name`, ?, ?), rpad(`users`.`name`, ?, ?), lpad(`users`.`bio`, ?, ?)
        FROM `users`
        WHERE `users`.`id` IN (?, ?)
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN length("users"."name") >= ?1 THEN substr("users"."name", 1, ?1) ELSE
        replace(hex(zeroblob(?1 - length("users"."name"))), '00', ?2) || ("users"."name") END, CASE WHEN
        length("users"."name") >= ?3 THEN substr("users"."name", 1, ?3) ELSE ("users"."name") ||
        replace(hex(zeroblob(?3 - length("users"."name"))), '00', ?4) END, CASE WHEN length("users"."bio") >=
        ?5 THEN substr("users"."bio", 1, ?5) ELSE replace(hex(zeroblob(?5 - length("users"."bio"))), '00',
        ?6) || ("users"."bio") END
        FROM "users"
        WHERE "users"."id" IN (?7, ?8)
        ORDER BY "users"."id" ASC"#,
    )
    .gives((5, 'é'), [("ééAnn", "Annéé", Some("write")), ("ééBob", "Bobéé", None)])
    .again((2, '\''), [("An", "An", Some("write")), ("Bo", "Bo", None)]);
}

#[test]
fn padding_with_characters_that_mean_something_elsewhere() {
    query(|fill: char| {
        User::query().filter(|u| u.id.eq(1)).select(|u| (u.name.pad_start(4, fill), u.name.pad_end(4, fill)))
    })
    .postgres(
        r#"SELECT lpad("users"."name", $1, $2), rpad("users"."name", $3, $4)
        FROM "users"
        WHERE "users"."id" = $5"#,
    )
    .mysql_and_mariadb(
        r#"SELECT lpad(`users`.`name`, ?, ?), rpad(`users`.`name`, ?, ?) FROM `users` WHERE `users`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN length("users"."name") >= ?1 THEN substr("users"."name", 1, ?1) ELSE
        replace(hex(zeroblob(?1 - length("users"."name"))), '00', ?2) || ("users"."name") END, CASE WHEN
        length("users"."name") >= ?3 THEN substr("users"."name", 1, ?3) ELSE ("users"."name") ||
        replace(hex(zeroblob(?3 - length("users"."name"))), '00', ?4) END
        FROM "users"
        WHERE "users"."id" = ?5"#,
    )
    .gives('\\', [("\\Ann", "Ann\\")])
    .again('%', [("%Ann", "Ann%")]);
}

#[test]
fn trimming_a_character() {
    query(|c: char| {
        Thread::query().filter(|t| t.id.eq(3)).select(|t| {
            let doubled = value(c.to_string()).concat(t.title).concat(c.to_string());
            (doubled.clone().trim_char(c), doubled.clone().trim_char_start(c), doubled.trim_char_end(c))
        })
    })
    .postgres(
        r#"SELECT trim(BOTH $1 FROM ($2 || "threads"."title") || $3), trim(LEADING $4 FROM ($2 ||
        "threads"."title") || $3), trim(TRAILING $5 FROM ($2 || "threads"."title") || $3)
        FROM "threads"
        WHERE "threads"."id" = $6"#,
    )
    .mysql_and_mariadb(
        r#"SELECT trim(BOTH ? FROM CONCAT(CONCAT(?, `threads`.`title`), ?)), trim(LEADING ? FROM
        CONCAT(CONCAT(?, `threads`.`title`), ?)), trim(TRAILING ? FROM CONCAT(CONCAT(?, `threads`.`title`),
        ?))
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT trim((?1 || "threads"."title") || ?2, ?3), ltrim((?1 || "threads"."title") || ?2, ?4),
        rtrim((?1 || "threads"."title") || ?2, ?5)
        FROM "threads"
        WHERE "threads"."id" = ?6"#,
    )
    .gives('e', [("snake_cas", "snake_casee", "esnake_cas")])
    .again('\'', [("snake_case", "snake_case'", "'snake_case")]);
}

#[test]
fn reversed() {
    query(|id: i64| Account::query().filter(|u| u.id.eq(id)).select(|u| (u.name.reverse(), u.bio.reverse())))
        .postgres(r#"SELECT reverse("users"."name"), reverse("users"."bio") FROM "users" WHERE "users"."id" = $1"#)
        .mysql_and_mariadb(
            r#"SELECT reverse(`users`.`name`), reverse(`users`.`bio`) FROM `users` WHERE `users`.`id` = ?"#,
        )
        .sqlite(DoesNotCompile)
        .gives(3, [("ëoZ", Some("hsals \\ esac_ekans"))])
        .again(2, [("boB", None::<String>)]);
}

#[test]
fn parts_between_separators() {
    query(|(separator, n): (char, u32)| {
        Account::query()
            .filter(|u| u.id.eq(3))
            .select(|u| (u.bio.split_part(separator, n), u.name.split_part(separator, n)))
    })
    .postgres(
        r#"SELECT split_part("users"."bio", $1, $2), split_part("users"."name", $3, $4)
        FROM "users"
        WHERE "users"."id" = $5"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CASE WHEN char_length(`users`.`bio`) - char_length(replace(`users`.`bio`, ?, '')) >= ? - 1
        THEN substring_index(substring_index(`users`.`bio`, ?, ?), ?, -1) ELSE '' END, CASE WHEN
        char_length(`users`.`name`) - char_length(replace(`users`.`name`, ?, '')) >= ? - 1 THEN
        substring_index(substring_index(`users`.`name`, ?, ?), ?, -1) ELSE '' END
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(('_', 2), [(Some("case \\ slash"), "")])
    .again(('\\', 1), [(Some("snake_case "), "Zoë")]);
}

#[test]
fn texts_with_a_separator() {
    query(|separator: &str| {
        User::query().order_by(|u| u.id.asc()).select(|u| concat_ws(separator, (u.name, u.bio, u.email.left(3), ".")))
    })
    .postgres(
        r#"SELECT concat_ws($1, "users"."name", "users"."bio", left("users"."email", $2), $3)
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql(
        r#"SELECT concat_ws(?, `users`.`name`, `users`.`bio`, left(`users`.`email`, ?), ?)
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT concat(concat_ws(?, `users`.`name`, `users`.`bio`, left(`users`.`email`, ?), ?))
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT concat_ws(?1, "users"."name", "users"."bio", substr("users"."email", 1, ?2), ?3)
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .gives(
        ", ",
        ["Ann, writes 100% of it, ann, .", "Bob, bob, .", "Zoë, snake_case \\ slash, zoe, .", "Dan O'Hara, dan, ."],
    )
    .again("'", ["Ann'writes 100% of it'ann'.", "Bob'bob'.", "Zoë'snake_case \\ slash'zoe'.", "Dan O'Hara'dan'."]);
}

#[test]
fn replacing_by_columns() {
    query(|from: &str| {
        User::query()
            .order_by(|u| u.id.asc())
            .limit(2)
            .select(|u| (u.email.replace(from, u.name), u.email.replace(from, u.bio)))
    })
    .postgres(
        r#"SELECT replace("users"."email", $1, "users"."name"), replace("users"."email", $2, "users"."bio")
        FROM "users"
        ORDER BY "users"."id" ASC LIMIT $3"#,
    )
    .mysql_and_mariadb(
        r#"SELECT replace(`users`.`email`, ?, `users`.`name`), replace(`users`.`email`, ?, `users`.`bio`)
        FROM `users`
        ORDER BY `users`.`id` ASC LIMIT ?"#,
    )
    .sqlite(
        r#"SELECT replace("users"."email", ?1, "users"."name"), replace("users"."email", ?2, "users"."bio")
        FROM "users"
        ORDER BY "users"."id" ASC LIMIT ?3+0"#,
    )
    .gives("@example", [("annAnn.org", Some("annwrites 100% of it.org")), ("bobBob.org", None)])
    .again("org", [("ann@example.Ann", Some("ann@example.writes 100% of it")), ("bob@example.Bob", None)]);
}

#[test]
fn position_of_a_column() {
    query(|id: i64| {
        User::query()
            .filter(|u| u.id.ne(id))
            .order_by(|u| u.id.asc())
            .select(|u| (u.email.position(u.name.lower()), u.bio.position(u.name)))
    })
    .postgres(
        r#"SELECT strpos("users"."email", lower("users"."name")), strpos("users"."bio", "users"."name")
        FROM "users"
        WHERE "users"."id" <> $1
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT locate(lower(`users`.`name`), `users`.`email`), locate(`users`.`name`, `users`.`bio`)
        FROM `users`
        WHERE `users`.`id` <> ?
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT instr("users"."email", lower("users"."name")), instr("users"."bio", "users"."name")
        FROM "users"
        WHERE "users"."id" <> ?1
        ORDER BY "users"."id" ASC"#,
    )
    .gives(3, [(1, Some(0)), (1, None), (0, None)])
    .again(4, [(1, Some(0)), (1, None), (0, Some(0))]);
}

#[test]
fn regular_expressions() {
    query(|pattern: &str| {
        Account::query()
            .order_by(|u| u.id.asc())
            .select(|u| (u.id, u.name.matches_regex(pattern), u.name.matches_regex_ignoring_case(pattern)))
    })
    .postgres(
        r#"SELECT "users"."id", "users"."name" ~ $1, "users"."name" ~* $2
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `users`.`id`, regexp_like(`users`.`name`, ?, 'c'), regexp_like(`users`.`name`, ?, 'i')
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT `users`.`id`, (`users`.`name` REGEXP concat('(?-i)', ?)), (`users`.`name` REGEXP
        concat('(?i)', ?))
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives(
        "^[a-c].*n$",
        [
            (1, Some(false), Some(true)),
            (2, Some(false), Some(false)),
            (3, Some(false), Some(false)),
            (4, Some(false), Some(false)),
        ],
    )
    .again(
        "'H|^B",
        [
            (1, Some(false), Some(false)),
            (2, Some(true), Some(true)),
            (3, Some(false), Some(false)),
            (4, Some(true), Some(true)),
        ],
    );
}

#[test]
fn ordered_by_the_numbers_of_the_characters() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.ne(id))
            .order_by(|t| t.title.collate(Collation::CODE_POINTS).desc())
            .select(|t| t.title)
    })
    .postgres(
        r#"SELECT "threads"."title"
        FROM "threads"
        WHERE "threads"."id" <> $1
        ORDER BY "threads"."title" COLLATE "C" DESC"#,
    )
    .mysql(
        r#"SELECT `threads`.`title`
        FROM `threads`
        WHERE `threads`.`id` <> ?
        ORDER BY `threads`.`title` COLLATE utf8mb4_0900_bin DESC"#,
    )
    .mariadb(
        r#"SELECT `threads`.`title`
        FROM `threads`
        WHERE `threads`.`id` <> ?
        ORDER BY `threads`.`title` COLLATE utf8mb4_nopad_bin DESC"#,
    )
    .sqlite(
        r#"SELECT "threads"."title"
        FROM "threads"
        WHERE "threads"."id" <> ?1
        ORDER BY "threads"."title" COLLATE BINARY DESC"#,
    )
    .gives(2, ["snake_case", "Hello", "Größe 🦀"])
    .again(1, ["snake_case", "Größe 🦀", "100% sure"]);
}

#[test]
fn case_counts_between_characters_compared_by_their_numbers() {
    query(|name: &str| User::query().filter(|u| u.name.collate(Collation::CODE_POINTS).eq(name)).select(|u| u.id))
        .postgres(r#"SELECT "users"."id" FROM "users" WHERE ("users"."name" COLLATE "C") = $1"#)
        .mysql(r#"SELECT `users`.`id` FROM `users` WHERE (`users`.`name` COLLATE utf8mb4_0900_bin) = ?"#)
        .mariadb(r#"SELECT `users`.`id` FROM `users` WHERE (`users`.`name` COLLATE utf8mb4_nopad_bin) = ?"#)
        .sqlite(r#"SELECT "users"."id" FROM "users" WHERE ("users"."name" COLLATE BINARY) = ?1"#)
        .gives("Zoë", [3])
        .again("ANN", [0; 0]);
}

#[test]
fn a_collation_by_its_name() {
    query(|id: i64| {
        Report::query().filter(|r| r.id.ne(id)).select(|r| r.id.cast::<String>().collate(Collation::named("POSIX")))
    })
    .postgres(r#"SELECT CAST("threads"."id" AS text) COLLATE "POSIX" FROM "threads" WHERE "threads"."id" <> $1"#)
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, ["2", "3", "4"])
    .again(4, ["1", "2", "3"]);
}

#[test]
fn arguments_that_mean_something_elsewhere() {
    query(|(from, to): (&str, &str)| {
        User::query().filter(|u| u.id.eq(3)).select(|u| {
            let bio = u.bio.concat(from).concat(to);
            (bio.clone().replace(from, to), bio.clone().position(to), concat_ws(to, [bio, u.bio.concat(from)]))
        })
    })
    .postgres(
        r#"SELECT replace(("users"."bio" || $1) || $2, $3, $4), strpos(("users"."bio" || $1) || $2, $5),
        concat_ws($6, ("users"."bio" || $1) || $2, "users"."bio" || $7)
        FROM "users"
        WHERE "users"."id" = $8"#,
    )
    .mysql(
        r#"SELECT replace(CONCAT(CONCAT(`users`.`bio`, ?), ?), ?, ?), locate(?, CONCAT(CONCAT(`users`.`bio`, ?),
        ?)), concat_ws(?, CONCAT(CONCAT(`users`.`bio`, ?), ?), CONCAT(`users`.`bio`, ?))
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT replace(CONCAT(CONCAT(`users`.`bio`, ?), ?), ?, ?), locate(?, CONCAT(CONCAT(`users`.`bio`, ?),
        ?)), concat(concat_ws(?, CONCAT(CONCAT(`users`.`bio`, ?), ?), CONCAT(`users`.`bio`, ?)))
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT replace(("users"."bio" || ?1) || ?2, ?3, ?4), instr(("users"."bio" || ?1) || ?2, ?5),
        concat_ws(?6, ("users"."bio" || ?1) || ?2, "users"."bio" || ?7)
        FROM "users"
        WHERE "users"."id" = ?8"#,
    )
    .gives(
        ("\u{1a}'\\", "$1?%_]🦀"),
        [(
            Some("snake_case \\ slash$1?%_]🦀$1?%_]🦀"),
            Some(22),
            "snake_case \\ slash\u{1a}'\\$1?%_]🦀$1?%_]🦀snake_case \\ slash\u{1a}'\\",
        )],
    )
    .again(
        ("--", "/*\"`{0}"),
        [(
            Some("snake_case \\ slash/*\"`{0}/*\"`{0}"),
            Some(21),
            "snake_case \\ slash--/*\"`{0}/*\"`{0}snake_case \\ slash--",
        )],
    );
}

#[test]
fn a_part_whose_place_is_calculated() {
    query(|more: i32| {
        User::query().order_by(|u| u.id.asc()).select(|u| {
            let at = u.email.position("@");
            (
                u.email.substring_of(1, at.clone() - 1),
                u.email.substring_of(at + more, 3),
                u.email.substring_of(0, u.age),
                u.name.substring_of(u.name.char_length() - 1, 9),
                u.name.substring_of(-5, more),
            )
        })
    })
    .postgres(
        r#"SELECT substr("users"."email", $1, CASE WHEN (strpos("users"."email", $2) - $3) < 0 THEN 0 ELSE
        strpos("users"."email", $2) - $3 END), substr("users"."email", strpos("users"."email", $2) + $4, CASE
        WHEN ($5) < 0 THEN 0 ELSE $5 END), substr("users"."email", $6, CASE WHEN ("users"."age") < 0 THEN 0 ELSE
        "users"."age" END), substr("users"."name", char_length("users"."name") - $7, CASE WHEN ($8) < 0 THEN 0
        ELSE $8 END), substr("users"."name", $9, CASE WHEN ($10) < 0 THEN 0 ELSE $10 END)
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT substr(`users`.`email`, greatest(?, 1), greatest((locate(?, `users`.`email`) - ?) + least((?) - 1,
        0), 0)), substr(`users`.`email`, greatest(locate(?, `users`.`email`) + ?, 1), greatest((?) +
        least((locate(?, `users`.`email`) + ?) - 1, 0), 0)), substr(`users`.`email`, greatest(?, 1),
        greatest((`users`.`age`) + least((?) - 1, 0), 0)), substr(`users`.`name`,
        greatest(char_length(`users`.`name`) - ?, 1), greatest((?) + least((char_length(`users`.`name`) - ?) - 1,
        0), 0)), substr(`users`.`name`, greatest(?, 1), greatest((?) + least((?) - 1, 0), 0))
        FROM `users`
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT substr("users"."email", max(?1, 1), max((instr("users"."email", ?2) - ?3) + min((?1) - 1, 0), 0)),
        substr("users"."email", max(instr("users"."email", ?2) + ?4, 1), max((?5) + min((instr("users"."email",
        ?2) + ?4) - 1, 0), 0)), substr("users"."email", max(?6, 1), max(("users"."age") + min((?6) - 1, 0), 0)),
        substr("users"."name", max(length("users"."name") - ?7, 1), max((?8) + min((length("users"."name") - ?7)
        - 1, 0), 0)), substr("users"."name", max(?9, 1), max((?10) + min((?9) - 1, 0), 0))
        FROM "users"
        ORDER BY "users"."id" ASC"#,
    )
    .gives(
        1,
        [
            ("ann", "exa", Some("ann@example.org"), "nn", ""),
            ("bob", "exa", Some("bob@example.org"), "ob", ""),
            ("zoe", "exa", None, "oë", ""),
            ("dan", "exa", Some("dan@example.org"), "ra", ""),
        ],
    )
    .again(
        8,
        [
            ("ann", ".or", Some("ann@example.org"), "nn", "An"),
            ("bob", ".or", Some("bob@example.org"), "ob", "Bo"),
            ("zoe", ".or", None, "oë", "Zo"),
            ("dan", ".or", Some("dan@example.org"), "ra", "Da"),
        ],
    );
}
