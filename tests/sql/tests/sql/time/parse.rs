//! Texts as dates and times: what is none is NULL everywhere.

use relvar_sql_tests::prelude::*;

fn stamp(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[test]
fn texts_that_are_dates() {
    query(|text: [&str; 4]| {
        let [a, b, c, d] = text.map(|text| value(text.to_owned()).parse_date());
        User::query().filter(|u| u.id.eq(1)).select(move |_| (a, b, c, d))
    })
    .postgres(r#"SELECT CASE WHEN ($1) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST($1 AS date) END, CASE WHEN ($2) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST($2 AS date) END, CASE WHEN ($3) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST($3 AS date) END, CASE WHEN ($4) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST($4 AS date) END
        FROM "users"
        WHERE "users"."id" = $5"#)
    .mysql_and_mariadb(r#"SELECT CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST(? AS date) END, CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST(? AS date) END, CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST(? AS date) END, CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST(? AS date) END
        FROM `users`
        WHERE `users`.`id` = ?"#)
    .sqlite(r#"SELECT CASE WHEN (?1) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND (?1) >= '0001' AND date(?1,
        '+0 days') = (?1) THEN ?1 END, CASE WHEN (?2) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND (?2)
        >= '0001' AND date(?2, '+0 days') = (?2) THEN ?2 END, CASE WHEN (?3) GLOB
        '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND (?3) >= '0001' AND date(?3, '+0 days') = (?3) THEN ?3
        END, CASE WHEN (?4) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND (?4) >= '0001' AND date(?4, '+0
        days') = (?4) THEN ?4 END
        FROM "users"
        WHERE "users"."id" = ?5"#)
    .gives(["2026-01-31", "2024-02-29", "0001-01-01", "9999-12-31"], {
        let date = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
        [(date("2026-01-31"), date("2024-02-29"), date("0001-01-01"), date("9999-12-31"))]
    })
    .again(
        ["2026-02-29", "2026-1-31", "1900-02-29", "0000-01-01"],
        [(None::<NaiveDate>, None::<NaiveDate>, None::<NaiveDate>, None::<NaiveDate>)],
    );
}

#[test]
fn texts_that_are_no_dates() {
    query(|text: [&str; 4]| {
        let [a, b, c, d] = text.map(|text| value(text.to_owned()).parse_date());
        User::query().filter(|u| u.id.eq(1)).select(move |_| (a, b, c, d))
    })
    .postgres(r#"SELECT CASE WHEN ($1) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST($1 AS date) END, CASE WHEN ($2) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST($2 AS date) END, CASE WHEN ($3) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST($3 AS date) END, CASE WHEN ($4) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST($4 AS date) END
        FROM "users"
        WHERE "users"."id" = $5"#)
    .mysql_and_mariadb(r#"SELECT CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST(? AS date) END, CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST(? AS date) END, CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST(? AS date) END, CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST(? AS date) END
        FROM `users`
        WHERE `users`.`id` = ?"#)
    .sqlite(r#"SELECT CASE WHEN (?1) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND (?1) >= '0001' AND date(?1,
        '+0 days') = (?1) THEN ?1 END, CASE WHEN (?2) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND (?2)
        >= '0001' AND date(?2, '+0 days') = (?2) THEN ?2 END, CASE WHEN (?3) GLOB
        '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND (?3) >= '0001' AND date(?3, '+0 days') = (?3) THEN ?3
        END, CASE WHEN (?4) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND (?4) >= '0001' AND date(?4, '+0
        days') = (?4) THEN ?4 END
        FROM "users"
        WHERE "users"."id" = ?5"#)
    .gives(
        ["", "now", "2026-01-31\n", " 2026-01-31"],
        [(None::<NaiveDate>, None::<NaiveDate>, None::<NaiveDate>, None::<NaiveDate>)],
    )
    .again(
        ["2460000.5", "2026-13-01", "2026-04-31", "2026-01-31 00:00:00"],
        [(None::<NaiveDate>, None::<NaiveDate>, None::<NaiveDate>, None::<NaiveDate>)],
    );
}

#[test]
fn texts_that_are_times() {
    query(|text: [&str; 4]| {
        let [a, b, c, d] = text.map(|text| value(text.to_owned()).parse_time());
        User::query().filter(|u| u.id.eq(1)).select(move |_| (a, b, c, d))
    })
    .postgres(
        r#"SELECT CASE WHEN ($1) ~
        '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST($1 AS time without time zone) END, CASE WHEN ($2) ~
        '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST($2 AS time without time zone) END, CASE WHEN ($3) ~
        '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST($3 AS time without time zone) END, CASE WHEN ($4) ~
        '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST($4 AS time without time zone) END
        FROM "users"
        WHERE "users"."id" = $5"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CASE WHEN (?) REGEXP
        '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST(? AS time(6)) END, CASE WHEN (?) REGEXP
        '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST(? AS time(6)) END, CASE WHEN (?) REGEXP
        '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST(? AS time(6)) END, CASE WHEN (?) REGEXP
        '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST(? AS time(6)) END
        FROM `users`
        WHERE `users`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN (?1) GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' AND substr(?1, 1, 2) < '24' AND
        (length(?1) = 8 OR length(?1) BETWEEN 10 AND 15 AND substr(?1, 9, 1) = '.' AND substr(?1, 10) NOT GLOB
        '*[^0-9]*') THEN (?1) || substr('.000000', length(?1) - 7) END, CASE WHEN (?2) GLOB
        '[0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' AND substr(?2, 1, 2) < '24' AND (length(?2) = 8 OR length(?2) BETWEEN
        10 AND 15 AND substr(?2, 9, 1) = '.' AND substr(?2, 10) NOT GLOB '*[^0-9]*') THEN (?2) ||
        substr('.000000', length(?2) - 7) END, CASE WHEN (?3) GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' AND
        substr(?3, 1, 2) < '24' AND (length(?3) = 8 OR length(?3) BETWEEN 10 AND 15 AND substr(?3, 9, 1) = '.'
        AND substr(?3, 10) NOT GLOB '*[^0-9]*') THEN (?3) || substr('.000000', length(?3) - 7) END, CASE WHEN
        (?4) GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' AND substr(?4, 1, 2) < '24' AND (length(?4) = 8 OR
        length(?4) BETWEEN 10 AND 15 AND substr(?4, 9, 1) = '.' AND substr(?4, 10) NOT GLOB '*[^0-9]*') THEN (?4)
        || substr('.000000', length(?4) - 7) END
        FROM "users"
        WHERE "users"."id" = ?5"#,
    )
    .gives(["00:00:00", "23:59:59.999999", "08:30:15.25", "24:00:00"], {
        let time = |text: &str| Some(text.parse::<NaiveTime>().unwrap());
        [(time("00:00:00"), time("23:59:59.999999"), time("08:30:15.25"), None::<NaiveTime>)]
    })
    .again(
        ["8:30:00", "23:59:60", "08:30:15.", "08:30:15.1234567"],
        [(None::<NaiveTime>, None::<NaiveTime>, None::<NaiveTime>, None::<NaiveTime>)],
    );
}

#[test]
fn texts_that_are_timestamps() {
    query(|text: [&str; 4]| {
        let [a, b, c, d] = text.map(|text| value(text.to_owned()).parse_date_time());
        User::query().filter(|u| u.id.eq(1)).select(move |_| (a, b.and_utc(), c, d))
    })
    .postgres(r#"SELECT CASE WHEN ($1) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)[
        T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST($1 AS timestamp without time zone) END, ((CASE WHEN ($2) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)[
        T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST($2 AS timestamp without time zone) END) AT TIME ZONE 'UTC'), CASE WHEN ($3) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)[
        T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST($3 AS timestamp without time zone) END, CASE WHEN ($4) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)[
        T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST($4 AS timestamp without time zone) END
        FROM "users"
        WHERE "users"."id" = $5"#)
    .mysql_and_mariadb(r#"SELECT CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)[
        T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST(? AS datetime(6)) END, (CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)[
        T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST(? AS datetime(6)) END), CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)[
        T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST(? AS datetime(6)) END, CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)[
        T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?(?![^0]|0)' THEN
        CAST(? AS datetime(6)) END
        FROM `users`
        WHERE `users`.`id` = ?"#)
    .sqlite(r#"SELECT CASE WHEN (?1) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9][
        T][0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' AND (?1) >= '0001' AND date(substr(?1, 1, 10), '+0 days') =
        substr(?1, 1, 10) AND substr(?1, 12, 2) < '24' AND (length(?1) = 19 OR length(?1) BETWEEN 21 AND 26 AND
        substr(?1, 20, 1) = '.' AND substr(?1, 21) NOT GLOB '*[^0-9]*') THEN substr(?1, 1, 10) || ' ' ||
        substr(?1, 12) || substr('.000000', length(?1) - 18) END, (CASE WHEN (?2) GLOB
        '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' AND (?2) >= '0001' AND
        date(substr(?2, 1, 10), '+0 days') = substr(?2, 1, 10) AND substr(?2, 12, 2) < '24' AND (length(?2) = 19
        OR length(?2) BETWEEN 21 AND 26 AND substr(?2, 20, 1) = '.' AND substr(?2, 21) NOT GLOB '*[^0-9]*') THEN
        substr(?2, 1, 10) || ' ' || substr(?2, 12) || substr('.000000', length(?2) - 18) END), CASE WHEN (?3)
        GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' AND (?3) >= '0001'
        AND date(substr(?3, 1, 10), '+0 days') = substr(?3, 1, 10) AND substr(?3, 12, 2) < '24' AND (length(?3) =
        19 OR length(?3) BETWEEN 21 AND 26 AND substr(?3, 20, 1) = '.' AND substr(?3, 21) NOT GLOB '*[^0-9]*')
        THEN substr(?3, 1, 10) || ' ' || substr(?3, 12) || substr('.000000', length(?3) - 18) END, CASE WHEN (?4)
        GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' AND (?4) >= '0001'
        AND date(substr(?4, 1, 10), '+0 days') = substr(?4, 1, 10) AND substr(?4, 12, 2) < '24' AND (length(?4) =
        19 OR length(?4) BETWEEN 21 AND 26 AND substr(?4, 20, 1) = '.' AND substr(?4, 21) NOT GLOB '*[^0-9]*')
        THEN substr(?4, 1, 10) || ' ' || substr(?4, 12) || substr('.000000', length(?4) - 18) END
        FROM "users"
        WHERE "users"."id" = ?5"#)
    .gives(
        ["2026-01-15 08:30:15", "2026-01-15T08:30:15.25", "2024-02-29T23:59:59.999999", "2026-01-15"],
        [(
            Some(stamp("2026-01-15T08:30:15")),
            Some(at("2026-01-15T08:30:15.25Z")),
            Some(stamp("2024-02-29T23:59:59.999999")),
            None::<NaiveDateTime>,
        )],
    )
    .again(
        ["2026-02-29 08:30:15", "2026-01-15T08:30:15Z", "2026-01-15  08:30:15", "2026-01-15 25:00:00"],
        [(None::<NaiveDateTime>, None::<DateTime<Utc>>, None::<NaiveDateTime>, None::<NaiveDateTime>)],
    );
}

#[test]
fn a_statement_that_changes_rows_is_not_stopped_by_a_text_that_is_no_date() {
    change(
        |text: &str| {
            Event::update()
                .filter(|e| e.id.eq(1))
                .set(|e| e.day.set(value(text.to_owned()).parse_date().coalesce(e.day)))
        },
        || Event::query().filter(|e| e.id.eq(1)).select(|e| e.day),
    )
    .postgres(r#"UPDATE "events"
        SET "day" = coalesce(CASE WHEN ($1) ~
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST($1 AS date) END, "events"."day")
        WHERE "events"."id" = $2"#)
    .mysql_and_mariadb(r#"UPDATE `events`
        SET `day` = coalesce(CASE WHEN (?) REGEXP
        '^((?!0000)[0-9][0-9][0-9][0-9]-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9][0-9](0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)(?![^0]|0)'
        THEN CAST(? AS date) END, `events`.`day`)
        WHERE `events`.`id` = ?"#)
    .sqlite(r#"UPDATE "events"
        SET "day" = coalesce(CASE WHEN (?1) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' AND (?1) >= '0001'
        AND date(?1, '+0 days') = (?1) THEN ?1 END, "events"."day")
        WHERE "events"."id" = ?2"#)
    .gives("2026-02-01", (1, ["2026-02-01".parse::<NaiveDate>().unwrap()]))
    .again("2026-02-31", (1, ["2026-01-15".parse::<NaiveDate>().unwrap()]));
}

#[test]
fn parts_of_times_of_day() {
    query(|hour: i32| {
        Event::query()
            .filter(|e| e.clock.hour().gte(hour))
            .order_by(|e| e.id.asc())
            .select(|e| (e.clock.hour(), e.clock.minute(), e.clock.second(), e.clock.microsecond()))
    })
    .postgres(
        r#"SELECT CAST(extract(hour FROM "events"."clock") AS integer), CAST(extract(minute FROM "events"."clock")
        AS integer), CAST(floor(extract(second FROM "events"."clock")) AS integer), (CAST(extract(microseconds
        FROM "events"."clock") AS integer) % 1000000)
        FROM "events"
        WHERE CAST(extract(hour FROM "events"."clock") AS integer) >= $1
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT extract(hour FROM `events`.`clock`), extract(minute FROM `events`.`clock`), extract(second FROM
        `events`.`clock`), microsecond(`events`.`clock`)
        FROM `events`
        WHERE extract(hour FROM `events`.`clock`) >= ?
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT CAST(substr(('0000-00-00 ' || ("events"."clock")), 12, 2) AS INTEGER), CAST(substr(('0000-00-00 '
        || ("events"."clock")), 15, 2) AS INTEGER), CAST(substr(('0000-00-00 ' || ("events"."clock")), 18, 2) AS
        INTEGER), CAST(substr(('0000-00-00 ' || ("events"."clock")), 21, 6) AS INTEGER)
        FROM "events"
        WHERE CAST(substr(('0000-00-00 ' || ("events"."clock")), 12, 2) AS INTEGER) >= ?1
        ORDER BY "events"."id" ASC"#,
    )
    .gives(8, [(8, 30, 15, 250_000), (23, 59, 59, 999_999)])
    .again(0, [(8, 30, 15, 250_000), (23, 59, 59, 999_999), (0, 0, 0, 0)]);
}

#[test]
fn ages_as_calendars_count_them() {
    query(|since: &str| {
        Moment::query().order_by(|m| m.id.asc()).select(|m| (m.at.age_since(at(since)), m.ended.age_since(m.at)))
    })
    .postgres(
        r#"SELECT age("events"."at", $1), age("events"."ended", "events"."at")
        FROM "events"
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        "2024-11-30T00:00:00Z",
        [
            (
                Age { months: 13, days: 15, micros: 30_615_250_000 },
                Some(Age { months: 0, days: 0, micros: 5_384_750_000 }),
            ),
            (Age { months: 14, days: 28, micros: 86_399_999_999 }, None),
            (Age { months: 1, days: 1, micros: 0 }, Some(Age { months: 0, days: 1, micros: 500_000 })),
        ],
    )
    .again(
        "2026-01-15T08:30:15.250001Z",
        [
            (Age { months: 0, days: 0, micros: -1 }, Some(Age { months: 0, days: 0, micros: 5_384_750_000 })),
            (Age { months: 1, days: 13, micros: 55_784_749_998 }, None),
            (
                Age { months: -12, days: -15, micros: -30_615_250_001 },
                Some(Age { months: 0, days: 1, micros: 500_000 }),
            ),
        ],
    );
}
