//! SQL text of the user's: as an expression, a condition, a source and a whole statement.

use relvar::query::error::BuildError;
use relvar_sql_tests::prelude::*;

#[test]
fn an_expression_and_a_condition() {
    query(|(name, id): (&str, i64)| {
        User::query()
            .filter(move |u| sql!("lower({}) = lower({}) OR {} = {}", u.name, name, u.id, id).condition())
            .filter(|u| u.active)
            .order_by(|u| u.id.asc())
            .select(|u| sql!("upper({})", u.name).returns::<String>())
    })
    .postgres(
        r#"SELECT upper("users"."name") FROM "users"
        WHERE (lower("users"."name") = lower($1) OR "users"."id" = $2) AND "users"."active" ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT upper(`users`.`name`) FROM `users`
        WHERE (lower(`users`.`name`) = lower(?) OR `users`.`id` = ?) AND `users`.`active` ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT upper("users"."name") FROM "users"
        WHERE (lower("users"."name") = lower(?1) OR "users"."id" = ?2) AND "users"."active" ORDER BY "users"."id" ASC"#,
    )
    .gives(("ANN", 2), ["ANN"])
    .again(("bob", 1), ["ANN"]);
}

#[test]
fn an_operand_keeps_its_parentheses() {
    query(|n: i64| {
        Number::query()
            .order_by(|t| t.id.asc())
            .limit(1)
            .select(move |t| sql!("{} * {}", t.id + n, t.id).returns::<i64>() * 2i64)
    })
    .postgres(
        r#"SELECT (("numbers"."id" + $1) * "numbers"."id") * $2
        FROM "numbers"
        ORDER BY "numbers"."id" ASC LIMIT $3"#,
    )
    .mysql_and_mariadb(
        r#"SELECT ((`numbers`.`id` + ?) * `numbers`.`id`) * ?
        FROM `numbers`
        ORDER BY `numbers`.`id` ASC LIMIT ?"#,
    )
    .sqlite(
        r#"SELECT (("numbers"."id" + ?1) * "numbers"."id") * ?2
        FROM "numbers"
        ORDER BY "numbers"."id" ASC LIMIT ?3+0"#,
    )
    .gives(1, [4i64])
    .again(2, [6i64]);
}

#[test]
fn a_text_for_each_database() {
    query(|id: i64| {
        Event::query().filter(move |e| e.id.lte(id)).order_by(|e| e.id.asc()).limit(1).select(|e| {
            let weekday = sql! {
                Postgres => "CAST(extract(dow FROM {}) AS integer)",
                Sqlite => "CAST(strftime('%w', {}) AS INTEGER)",
                MySql => "dayofweek({}) - 1",
                MariaDb => "dayofweek({}) - 1";
                e.day
            };
            weekday.returns::<i32>()
        })
    })
    .postgres(
        r#"SELECT CAST(extract(dow FROM "events"."day") AS integer)
        FROM "events"
        WHERE "events"."id" <= $1
        ORDER BY "events"."id" ASC LIMIT $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT dayofweek(`events`.`day`) - 1
        FROM `events`
        WHERE `events`.`id` <= ?
        ORDER BY `events`.`id` ASC LIMIT ?"#,
    )
    .sqlite(
        r#"SELECT CAST(strftime('%w', "events"."day") AS INTEGER)
        FROM "events"
        WHERE "events"."id" <= ?1
        ORDER BY "events"."id" ASC LIMIT ?2+0"#,
    )
    .gives(1, [4])
    .again(2, [4]);
}

#[test]
fn a_source_with_columns_by_position() {
    query(|least: i64| {
        sql!("SELECT user_id, count(*) FROM {} WHERE id >= {} GROUP BY user_id", Thread::table(), least)
            .rows::<(i64, i64)>()
            .query()
            .join(User::table(), |r, u| r.0.eq(u.id))
            .order_by(|(r, _)| r.0.asc())
            .select(|(r, u)| (u.name, r.1))
    })
    .postgres(
        r#"SELECT "users"."name", "raw"."c1"
        FROM (WITH "relvar_rows" ("c0", "c1") AS (SELECT user_id, count(*) FROM "threads" WHERE id >= $1
        GROUP BY user_id) SELECT "c0", "c1" FROM "relvar_rows") AS "raw" INNER
        JOIN "users" ON "raw"."c0" = "users"."id"
        ORDER BY "raw"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`, `raw`.`c1`
        FROM (WITH `relvar_rows` (`c0`, `c1`) AS (SELECT user_id, count(*) FROM `threads` WHERE id >= ? GROUP
        BY user_id) SELECT `c0`, `c1` FROM `relvar_rows`) AS `raw` INNER
        JOIN `users` ON `raw`.`c0` = `users`.`id`
        ORDER BY `raw`.`c0` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name", "raw"."c1"
        FROM (WITH "relvar_rows" ("c0", "c1") AS (SELECT user_id, count(*) FROM "threads" WHERE id >= ?1
        GROUP BY user_id) SELECT "c0", "c1" FROM "relvar_rows") AS "raw" INNER
        JOIN "users" ON "raw"."c0" = "users"."id"
        ORDER BY "raw"."c0" ASC"#,
    )
    .gives(1, [("Ann", 2i64), ("Bob", 1), ("Zoë", 1)])
    .again(2, [("Ann", 1i64), ("Bob", 1), ("Zoë", 1)]);
}

#[test]
fn a_common_table_expression() {
    query(|least: i64| {
        let threads = sql!("SELECT id, title FROM threads WHERE id >= {}", least).rows::<(i64, String)>().cte("t");
        threads.query().order_by(|t| t.0.asc()).select(|t| t.1)
    })
    .postgres(
        r#"WITH "t" ("c0", "c1") AS (SELECT id, title FROM threads WHERE id >= $1) SELECT "t"."c1"
        FROM "t"
        ORDER BY "t"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"WITH `t` (`c0`, `c1`) AS (SELECT id, title FROM threads WHERE id >= ?) SELECT `t`.`c1`
        FROM `t`
        ORDER BY `t`.`c0` ASC"#,
    )
    .sqlite(
        r#"WITH "t" ("c0", "c1") AS (SELECT id, title FROM threads WHERE id >= ?1) SELECT "t"."c1"
        FROM "t"
        ORDER BY "t"."c0" ASC"#,
    )
    .gives(1, ["Hello", "100% sure", "snake_case", "Größe 🦀"])
    .again(4, ["Größe 🦀"]);
}

#[test]
fn a_whole_query_is_sent_as_it_is() {
    query(|id: i64| {
        sql!("SELECT id, bio FROM users WHERE id >= {} ORDER BY id /* all */", id).rows::<(i64, Option<String>)>()
    })
    .postgres("SELECT id, bio FROM users WHERE id >= $1 ORDER BY id /* all */")
    .mysql_and_mariadb("SELECT id, bio FROM users WHERE id >= ? ORDER BY id /* all */")
    .sqlite("SELECT id, bio FROM users WHERE id >= ?1 ORDER BY id /* all */")
    .gives(3, [(3i64, Some("snake_case \\ slash")), (4, None)])
    .again(4, [(4i64, None::<String>)]);
}

#[test]
fn a_table_s_rows() {
    query(|id: i64| {
        sql!("SELECT id, hits, label FROM {} WHERE {} >= {}", Counter::table(), identifier("id"), id).rows::<Counter>()
    })
    .postgres(r#"SELECT id, hits, label FROM "counters" WHERE "id" >= $1"#)
    .mysql_and_mariadb(r#"SELECT id, hits, label FROM `counters` WHERE `id` >= ?"#)
    .sqlite(r#"SELECT id, hits, label FROM "counters" WHERE "id" >= ?1"#)
    .gives(1, [Counter { id: 1, hits: 5, label: "five".into() }])
    .again(0, [Counter { id: 1, hits: 5, label: "five".into() }]);
}

#[test]
fn a_statement() {
    change(
        |(label, id): (&str, i64)| {
            sql!("UPDATE {} SET label = {} WHERE id = {}", Counter::table(), label, id).statement()
        },
        || Counter::query().select(|c| c.label),
    )
    .postgres(r#"UPDATE "counters" SET label = $1 WHERE id = $2"#)
    .mysql_and_mariadb(r#"UPDATE `counters` SET label = ? WHERE id = ?"#)
    .sqlite(r#"UPDATE "counters" SET label = ?1 WHERE id = ?2"#)
    .gives(("six", 1), (1, ["six"]))
    .again(("six", 2), (0, ["five"]));
}

#[test]
fn a_null_and_a_value_that_is_used_twice() {
    query(|bio: Option<String>| {
        let bio = value(bio);
        User::query().order_by(|u| u.id.asc()).limit(1).select(move |u| {
            sql!("CASE WHEN {} IS NULL THEN {} ELSE {} END", bio.clone(), u.name, bio).returns::<Option<String>>()
        })
    })
    .postgres(
        r#"SELECT CASE WHEN $1 IS NULL THEN "users"."name" ELSE $1 END
        FROM "users"
        ORDER BY "users"."id" ASC LIMIT $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CASE WHEN ? IS NULL THEN `users`.`name` ELSE ? END
        FROM `users`
        ORDER BY `users`.`id` ASC LIMIT ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN ?1 IS NULL THEN "users"."name" ELSE ?1 END
        FROM "users"
        ORDER BY "users"."id" ASC LIMIT ?2+0"#,
    )
    .gives(None, [Some("Ann")])
    .again(Some("x".to_owned()), [Some("x")]);
}

#[test]
fn a_subquery_in_a_place() {
    query(|least: i64| {
        let threads = Thread::query().filter(move |t| t.id.gte(least)).aggregate(|g| g.count());
        User::query().filter(|u| u.id.eq(1)).select(move |u| sql!("{} + {}", u.id, threads).returns::<i64>())
    })
    .postgres(
        r#"SELECT "users"."id" + (SELECT count(*) FROM "threads" WHERE "threads"."id" >= $1)
        FROM "users"
        WHERE "users"."id" = $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id` + (SELECT count(*) FROM `threads` WHERE `threads`.`id` >= ?)
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT "users"."id" + (SELECT count(*) FROM "threads" WHERE "threads"."id" >= ?1)
        FROM "users"
        WHERE "users"."id" = ?2"#,
    )
    .gives(1, [5i64])
    .again(2, [4i64]);
}

#[test]
fn what_is_text_of_postgresql_stays_text() {
    query(|key: &str| {
        Report::query()
            .filter(move |r| sql!("{} ?| ARRAY[{}, 'a?b'] OR $${{}}$$ = '$1' /* ? */", r.metadata, key).condition())
            .order_by(|r| r.id.asc())
            .select(|r| sql!("(ARRAY[{}])[1]::text || E'\\'{{' || {}::text", r.id, 1).returns::<String>())
    })
    .postgres(
        r#"SELECT (ARRAY["threads"."id"])[1]::text || E'\'{' || $1::text FROM "threads"
        WHERE "threads"."metadata" ?| ARRAY[$2, 'a?b'] OR $${}$$ = '$1' /* ? */ ORDER BY "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("priority", ["1'{1", "2'{1", "4'{1"])
    .again("count", ["4'{1"]);
}

#[test]
fn text_of_postgresql_that_goes_on_in_the_next_line() {
    let said = |text: &str| built::<Postgres>(text).map_err(|error| error.to_string());
    // a backslash counts as in the first line
    assert_eq!(said("SELECT E'a'\n'\\'' || {}::text").unwrap(), "SELECT E'a'\n'\\'' || $1::text");
    assert!(said("SELECT E'a'\n'\\'{}'").unwrap_err().contains("inside of a string"));
    assert!(said("SELECT E'a' -- b\n'\\', {}").unwrap_err().contains("inside of a string"));
    assert!(said("SELECT 'a'\n'\\' || {}::text").is_ok());
}

#[test]
fn what_is_text_of_sqlite_stays_text() {
    query(|id: i64| {
        sql!("SELECT [id], '?1 :a @b $c [' FROM \"users\" WHERE `id` = {}+{} /* ? */", id, 0)
            .only_on::<Sqlite>()
            .rows::<(i64, String)>()
    })
    .postgres(DoesNotCompile)
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(r#"SELECT [id], '?1 :a @b $c [' FROM "users" WHERE `id` = ?1+?2 /* ? */"#)
    .gives(1, [(1i64, "?1 :a @b $c [")])
    .again(2, [(2i64, "?1 :a @b $c [")]);
}

#[test]
fn what_is_text_of_mysql_stays_text() {
    query(|id: i64| {
        sql!("SELECT `id`, '?\\'?', \"?\" FROM users WHERE id = {} AND '--' = '--' /* ? */", id)
            .only_on::<(MySql, MariaDb)>()
            .rows::<(i64, String, String)>()
    })
    .postgres(DoesNotCompile)
    .mysql_and_mariadb(r#"SELECT `id`, '?\'?', "?" FROM users WHERE id = ? AND '--' = '--' /* ? */"#)
    .sqlite(DoesNotCompile)
    .gives(1, [(1i64, "?'?", "?")])
    .again(2, [(2i64, "?'?", "?")]);
}

/// What the statement of `text` with one value is on database `B`.
fn built<B>(text: &str) -> Result<String, BuildError>
where
    B: relvar::query::dialect::OneDialect,
    Portable: relvar::query::dialect::RunsOn<B>,
{
    sql_unchecked(text).bind(1i64).statement().to_sql::<B>()
}

#[test]
fn text_that_cannot_be_part_of_a_statement_is_refused_by_name() {
    let says = |text: &str, word: &str| {
        for error in [built::<Postgres>(text), built::<MySql>(text), built::<MariaDb>(text), built::<Sqlite>(text)] {
            let error = error.unwrap_err().to_string();
            assert!(error.contains(word), "{text}: {error}");
            assert!(!error.contains("users"), "{error}");
        }
    };
    for inside in ["SELECT 'a {}'", "SELECT \"{}\"", "SELECT 'it''s {}'", "SELECT 1 /* {} */", "SELECT 1 -- {}\n"] {
        says(inside, "inside of a string");
    }
    for open in ["SELECT 'a {}", "SELECT {} FROM \"users", "SELECT '{{ {}"] {
        assert!(built::<Postgres>(open).is_err(), "{open}");
    }
    says("SELECT {} FROM \"users", "does not end");
    says("SELECT {} /* users", "does not end");
    says("SELECT {}; DROP TABLE users", "more than one statement");
    says("SELECT {} ;", "semicolon");
    says("{}) OR (1 = 1", "did not open");
    says("SELECT ({}", "does not close");
    says("SELECT {} \u{1}0\u{2} FROM users", "control character");
    says("SELECT {} \0", "control character");
    says("SELECT {", "brace");
    says("SELECT {0}", "brace");
    says("SELECT {}, {} FROM users", "is 2, and the number of values for them is 1");
    says("SELECT users", "is 0, and the number of values for them is 1");

    let own = "placeholder of the database's own";
    for (text, engines) in
        [("SELECT {}, $1", "ps"), ("SELECT {}, ?", "mas"), ("SELECT {}, ?1", "mas"), ("SELECT {}, :a", "s")]
    {
        let results = [
            ('p', built::<Postgres>(text)),
            ('m', built::<MySql>(text)),
            ('a', built::<MariaDb>(text)),
            ('s', built::<Sqlite>(text)),
        ];
        for (engine, result) in results {
            let refused = result.as_ref().is_err_and(|error| error.to_string().contains(own));
            assert_eq!(refused, engines.contains(engine), "{text} on {engine}: {result:?}");
        }
    }
    assert!(built::<MySql>("SELECT {} /*! , 1 */").is_err());
}

#[test]
fn a_comment_swallows_nothing_and_a_place_stays_by_itself() {
    let sql =
        |text: &str| User::query().filter(|u| u.active).select(|_| sql_unchecked(text).bind(1i64).returns::<i64>());
    assert_eq!(
        sql("{} -- $1 ? '").to_sql::<Postgres>().unwrap(),
        "SELECT $1 -- $1 ? '\n FROM \"users\" WHERE \"users\".\"active\""
    );
    assert_eq!(sql("{} # ? '").to_sql::<MySql>().unwrap(), "SELECT ? # ? '\n FROM `users` WHERE `users`.`active`");
    let statement = |text: &str| sql_unchecked(text).bind(1i64).statement().to_sql::<Sqlite>().unwrap();
    assert_eq!(statement("SELECT 1{}1"), "SELECT 1 ?1 1");
    assert_eq!(statement("SELECT-{}"), "SELECT-?1");
}

#[test]
fn identifiers_are_one_name_whatever_is_in_them() {
    let name = |name: &'static str| sql!("SELECT {}", identifier(name)).statement();
    assert_eq!(name("a\"b").to_sql::<Postgres>().unwrap(), r#"SELECT "a""b""#);
    assert_eq!(name("a`b; --").to_sql::<MySql>().unwrap(), "SELECT `a``b; --`");
    assert_eq!(name("a.b").to_sql::<Sqlite>().unwrap(), r#"SELECT "a.b""#);
    assert!(name("a\nb").to_sql::<Sqlite>().is_err());
    assert!(name("").to_sql::<Postgres>().is_err());
}

#[test]
fn other_text_is_another_shape() {
    let fingerprint = |text: &str| {
        let statement = sql_unchecked(text).bind(1i64).statement().into_ir();
        relvar::query::compile::render(
            &statement,
            relvar::query::dialect::Target::oldest(relvar::query::dialect::Engine::Sqlite),
        )
        .unwrap()
        .fingerprint
    };
    assert_ne!(fingerprint("SELECT {}"), fingerprint("SELECT  {}"));
    assert_eq!(fingerprint("SELECT {}"), fingerprint("SELECT {}"));
}

sql_function! {
    /// What a text sounds like.
    #[sql(dialect = (MySql, MariaDb))]
    fn soundex(text: String) -> String;
    /// One text behind the other.
    #[sql(dialect = (Postgres, MySql, MariaDb), name = "concat")]
    fn joined(text: String, other: String) -> String;
    #[sql(dialect = Postgres, schema = "pg_catalog")]
    fn num_nulls(a: Option<String>, b: Option<i64>) -> i32;
    #[sql(dialect = Postgres, aggregate)]
    fn bit_or(number: i64) -> Option<i64>;
}

#[test]
fn a_declared_function_gives_null_for_null() {
    query(|id: i64| {
        User::query()
            .only_on::<(MySql, MariaDb)>()
            .filter(|u| u.id.gte(id))
            .order_by(|u| u.id.asc())
            .limit(2)
            .select(|u| (soundex(u.name), soundex(u.bio).is_null().is_true()))
    })
    .postgres(DoesNotCompile)
    .mysql_and_mariadb(
        r#"SELECT soundex(`users`.`name`), ((soundex(`users`.`bio`)) IS NULL) IS TRUE
        FROM `users` WHERE `users`.`id` >= ? ORDER BY `users`.`id` ASC LIMIT ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(1, [("A500", false), ("B000", true)])
    .again(4, [("D560", true)]);
    let checked: Select<_, Option<String>, (MySql, MariaDb)> = User::query().only_on().select(|u| soundex(u.bio));
    assert!(checked.to_sql::<MySql>().is_ok());
}

#[test]
fn a_declared_function_with_a_name_of_its_own_and_several_arguments() {
    query(|word: &'static str| {
        User::query()
            .only_on::<(Postgres, MySql, MariaDb)>()
            .filter(|u| joined(word, "n").eq(u.name))
            .select(|u| joined(u.name, joined(u.email, word)))
    })
    .postgres(
        r#"SELECT "concat"("users"."name", ("concat"("users"."email", $1))) FROM "users"
        WHERE ("concat"($2, $3)) = "users"."name""#,
    )
    .mysql_and_mariadb(
        r#"SELECT `concat`(`users`.`name`, (`concat`(`users`.`email`, ?))) FROM `users`
        WHERE (`concat`(?, ?)) = `users`.`name`"#,
    )
    .sqlite(DoesNotCompile)
    .gives("An", ["Annann@example.orgAn"])
    .again("Bo", [""; 0]);
}

#[test]
fn a_declared_function_that_takes_null_and_an_aggregate() {
    query(|id: i64| {
        User::query().only_on::<Postgres>().filter(|u| u.id.eq(id)).select(|u| num_nulls(u.bio, None::<i64>))
    })
    .postgres(r#"SELECT "pg_catalog".num_nulls("users"."bio", $1) FROM "users" WHERE "users"."id" = $2"#)
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [1])
    .again(2, [2]);
    query(|least: i64| {
        User::query()
            .only_on::<Postgres>()
            .aggregate(move |g| (g.call(|u| bit_or(u.id)), g.filter(|u| u.id.gt(least)).call(|u| bit_or(u.id))))
    })
    .postgres(r#"SELECT bit_or("users"."id"), bit_or("users"."id") FILTER (WHERE ("users"."id" > $1)) FROM "users""#)
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(3, [(Some(7i64), Some(4i64))])
    .again(4, [(Some(7i64), None::<i64>)]);
}

sql_function! {
    #[sql(dialect = (Postgres, MySql), name = "bit_or", aggregate)]
    fn joined_bits(number: i64) -> Option<i64>;
}

#[test]
fn a_filtered_aggregate_of_the_users_is_an_error_where_there_is_no_filter() {
    let query =
        User::query().only_on::<(Postgres, MySql)>().aggregate(|g| g.filter(|u| u.active).call(|u| joined_bits(u.id)));
    assert!(query.clone().to_sql::<Postgres>().unwrap().contains("FILTER (WHERE"));
    let words = query.to_sql::<MySql>().unwrap_err().to_string();
    assert_eq!(words, "this statement is not written for MySQL");
}
