//! The calendar: days, weeks, months and quarters, clocks and time zones.

use relvar_sql_tests::prelude::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn clock(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[test]
fn weeks_and_days() {
    query(|day: NaiveDate| {
        Event::query().filter(|e| e.id.eq(1)).select(|e| {
            let day = value(day);
            (
                (
                    day.clone().iso_week(),
                    day.clone().iso_week_year(),
                    day.clone().day_of_week(),
                    day.clone().day_of_year(),
                    day.quarter(),
                ),
                (e.at.iso_week(), e.at.day_of_week(), e.ended.quarter(), e.local.day_of_year(), e.local.microsecond()),
            )
        })
    })
    .postgres(
        r#"SELECT CAST(extract(week FROM $1) AS integer), CAST(extract(isoyear FROM $1) AS integer),
        CAST(extract(isodow FROM $1) AS integer), CAST(extract(doy FROM $1) AS integer), CAST(extract(quarter
        FROM $1) AS integer), CAST(extract(week FROM "events"."at") AS integer), CAST(extract(isodow FROM
        "events"."at") AS integer), CAST(extract(quarter FROM "events"."ended") AS integer), CAST(extract(doy
        FROM "events"."local") AS integer), (CAST(extract(microseconds FROM "events"."local") AS integer) %
        1000000)
        FROM "events"
        WHERE "events"."id" = $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT week(?, 3), (yearweek(?, 3) DIV 100), (weekday(?) + 1), dayofyear(?), extract(quarter FROM ?),
        week(`events`.`at`, 3), (weekday(`events`.`at`) + 1), extract(quarter FROM `events`.`ended`),
        dayofyear(`events`.`local`), microsecond(`events`.`local`)
        FROM `events`
        WHERE `events`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT ((strftime('%j', substr(?1, 1, 10), '-3 days', 'weekday 4') - 1) / 7 + 1), CAST(strftime('%Y',
        substr(?1, 1, 10), '-3 days', 'weekday 4') AS INTEGER), ((strftime('%w', substr(?1, 1, 10)) + 6) % 7
        + 1), CAST(strftime('%j', substr(?1, 1, 10)) AS INTEGER), ((CAST(substr(?1, 6, 2) AS INTEGER) + 2) /
        3), ((strftime('%j', substr("events"."at", 1, 10), '-3 days', 'weekday 4') - 1) / 7 + 1),
        ((strftime('%w', substr("events"."at", 1, 10)) + 6) % 7 + 1), ((CAST(substr("events"."ended", 6, 2)
        AS INTEGER) + 2) / 3), CAST(strftime('%j', substr("events"."local", 1, 10)) AS INTEGER),
        CAST(substr("events"."local", 21, 6) AS INTEGER)
        FROM "events"
        WHERE "events"."id" = ?2"#,
    )
    .gives(date("2027-01-03"), [((53, 2026, 7, 3, 1), (3, 4, Some(1), 15, 250_000))])
    .again(date("2024-12-31"), [((1, 2025, 2, 366, 4), (3, 4, Some(1), 15, 250_000))]);
}

#[test]
fn truncation_of_timestamps_and_dates() {
    query(|id: i64| {
        Event::query().filter(|e| e.id.eq(id)).select(|e| {
            (
                (
                    e.at.truncate_to_quarter(),
                    e.at.truncate_to_week(),
                    e.at.truncate_to_minute(),
                    e.local.truncate_to_second(),
                ),
                (
                    e.day.truncate_to_year(),
                    e.day.truncate_to_quarter(),
                    e.day.truncate_to_month(),
                    e.day.truncate_to_week(),
                ),
            )
        })
    })
    .postgres(
        r#"SELECT date_trunc('quarter', "events"."at"), date_trunc('week', "events"."at"), date_trunc('minute',
        "events"."at"), date_trunc('second', "events"."local"), CAST(date_trunc('year', CAST("events"."day"
        AS timestamp without time zone)) AS date), CAST(date_trunc('quarter', CAST("events"."day" AS
        timestamp without time zone)) AS date), CAST(date_trunc('month', CAST("events"."day" AS timestamp
        without time zone)) AS date), CAST(date_trunc('week', CAST("events"."day" AS timestamp without time
        zone)) AS date)
        FROM "events"
        WHERE "events"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(makedate(year(`events`.`at`), 1) + INTERVAL (quarter(`events`.`at`) - 1) * 3 MONTH AS
        datetime(6)), CAST(date(`events`.`at`) - INTERVAL weekday(`events`.`at`) DAY AS datetime(6)),
        CAST(date_format(`events`.`at`, '%Y-%m-%d %H:%i:00') AS datetime(6)),
        CAST(date_format(`events`.`local`, '%Y-%m-%d %H:%i:%s') AS datetime(6)),
        CAST(CAST(date_format(CAST(`events`.`day` AS datetime(6)), '%Y-01-01') AS datetime(6)) AS date),
        CAST(CAST(makedate(year(CAST(`events`.`day` AS datetime(6))), 1) + INTERVAL
        (quarter(CAST(`events`.`day` AS datetime(6))) - 1) * 3 MONTH AS datetime(6)) AS date),
        CAST(CAST(date_format(CAST(`events`.`day` AS datetime(6)), '%Y-%m-01') AS datetime(6)) AS date),
        CAST(CAST(date(CAST(`events`.`day` AS datetime(6))) - INTERVAL weekday(CAST(`events`.`day` AS
        datetime(6))) DAY AS datetime(6)) AS date)
        FROM `events`
        WHERE `events`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT (substr("events"."at", 1, 5) || printf('%02d', (CAST(substr("events"."at", 6, 2) AS INTEGER) -
        1) / 3 * 3 + 1) || '-01 00:00:00.000000'), (date(substr("events"."at", 1, 10), '-6 days', 'weekday
        1') || ' 00:00:00.000000'), (substr("events"."at", 1, 16) || ':00.000000'), (substr("events"."local",
        1, 19) || '.000000'), substr((substr((("events"."day") || ' 00:00:00.000000'), 1, 4) || '-01-01
        00:00:00.000000'), 1, 10), substr((substr((("events"."day") || ' 00:00:00.000000'), 1, 5) ||
        printf('%02d', (CAST(substr((("events"."day") || ' 00:00:00.000000'), 6, 2) AS INTEGER) - 1) / 3 * 3
        + 1) || '-01 00:00:00.000000'), 1, 10), substr((substr((("events"."day") || ' 00:00:00.000000'), 1,
        7) || '-01 00:00:00.000000'), 1, 10), substr((date(substr((("events"."day") || ' 00:00:00.000000'),
        1, 10), '-6 days', 'weekday 1') || ' 00:00:00.000000'), 1, 10)
        FROM "events"
        WHERE "events"."id" = ?1"#,
    )
    .gives(
        1,
        [(
            (
                at("2026-01-01T00:00:00Z"),
                at("2026-01-12T00:00:00Z"),
                at("2026-01-15T08:30:00Z"),
                local("2026-01-15T09:30:15"),
            ),
            (date("2026-01-01"), date("2026-01-01"), date("2026-01-01"), date("2026-01-12")),
        )],
    )
    .again(
        3,
        [(
            (
                at("2024-10-01T00:00:00Z"),
                at("2024-12-30T00:00:00Z"),
                at("2024-12-31T00:00:00Z"),
                local("2024-12-31T01:00:00"),
            ),
            (date("2024-01-01"), date("2024-10-01"), date("2024-12-01"), date("2024-12-30")),
        )],
    );
}

#[test]
fn days_and_months_later() {
    query(|(days, months): (i32, i32)| {
        Event::query().order_by(|e| e.id.asc()).select(|e| {
            (
                e.day.add_days(days),
                e.day.add_months(months),
                e.at.add_months(months),
                e.ended.add_months(e.id.cast::<i32>()),
            )
        })
    })
    .postgres(
        r#"SELECT (("events"."day") + ($1)), CAST((("events"."day") + ($2) * interval '1 month') AS date),
        (("events"."at") + ($3) * interval '1 month'), (("events"."ended") + (CAST("events"."id" AS integer))
        * interval '1 month')
        FROM "events"
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST((`events`.`day`) + INTERVAL (?) DAY AS date), CAST(((`events`.`day`) + INTERVAL (?)
        MONTH) AS date), ((`events`.`at`) + INTERVAL (?) MONTH), ((`events`.`ended`) + INTERVAL
        (CAST(`events`.`id` AS SIGNED)) MONTH)
        FROM `events`
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT date("events"."day", (?1) || ' days'), substr((strftime('%Y-%m-', substr("events"."day", 1, 7)
        || '-01', (?2) || ' months') || printf('%02d', min(CAST(substr("events"."day", 9, 2) AS INTEGER),
        CAST(strftime('%d', substr("events"."day", 1, 7) || '-01', (?2) || ' months', '+1 month', '-1 day')
        AS INTEGER))) || substr("events"."day", 11)), 1, 10), (strftime('%Y-%m-', substr("events"."at", 1, 7)
        || '-01', (?3) || ' months') || printf('%02d', min(CAST(substr("events"."at", 9, 2) AS INTEGER),
        CAST(strftime('%d', substr("events"."at", 1, 7) || '-01', (?3) || ' months', '+1 month', '-1 day') AS
        INTEGER))) || substr("events"."at", 11)), (strftime('%Y-%m-', substr("events"."ended", 1, 7) ||
        '-01', (CASE typeof("events"."id") WHEN 'real' THEN CAST(round("events"."id") AS INTEGER) ELSE
        CAST("events"."id" AS INTEGER) END) || ' months') || printf('%02d', min(CAST(substr("events"."ended",
        9, 2) AS INTEGER), CAST(strftime('%d', substr("events"."ended", 1, 7) || '-01', (CASE
        typeof("events"."id") WHEN 'real' THEN CAST(round("events"."id") AS INTEGER) ELSE CAST("events"."id"
        AS INTEGER) END) || ' months', '+1 month', '-1 day') AS INTEGER))) || substr("events"."ended", 11))
        FROM "events"
        ORDER BY "events"."id" ASC"#,
    )
    .gives(
        (1, 2),
        [
            (date("2026-01-16"), date("2026-03-15"), at("2026-03-15T08:30:15.25Z"), Some(at("2026-02-15T10:00:00Z"))),
            (date("2026-03-01"), date("2026-04-28"), at("2026-04-28T23:59:59.999999Z"), None),
            (date("2025-01-01"), date("2025-02-28"), at("2025-02-28T00:00:00Z"), Some(at("2025-04-01T00:00:00.5Z"))),
        ],
    )
    .again(
        (-15, -22),
        [
            (date("2025-12-31"), date("2024-03-15"), at("2024-03-15T08:30:15.25Z"), Some(at("2026-02-15T10:00:00Z"))),
            (date("2026-02-13"), date("2024-04-28"), at("2024-04-28T23:59:59.999999Z"), None),
            (date("2024-12-16"), date("2023-02-28"), at("2023-02-28T00:00:00Z"), Some(at("2025-04-01T00:00:00.5Z"))),
        ],
    );
}

#[test]
fn days_and_months_between() {
    query(|day: NaiveDate| {
        Event::query().order_by(|e| e.id.asc()).select(|e| {
            (e.day.days_since(day), e.day.months_since(day), value(day).months_since(e.day), e.ended.months_since(e.at))
        })
    })
    .postgres(
        r#"SELECT (("events"."day") - ($1)), CAST((extract(year FROM "events"."day") - extract(year FROM $2)) *
        12 + extract(month FROM "events"."day") - extract(month FROM $2) - CASE WHEN ("events"."day") >= ($2)
        AND to_char("events"."day", 'DDHH24MISSUS') < to_char($2, 'DDHH24MISSUS') THEN 1 WHEN
        ("events"."day") < ($2) AND to_char("events"."day", 'DDHH24MISSUS') > to_char($2, 'DDHH24MISSUS')
        THEN -1 ELSE 0 END AS integer), CAST((extract(year FROM $3) - extract(year FROM "events"."day")) * 12
        + extract(month FROM $3) - extract(month FROM "events"."day") - CASE WHEN ($3) >= ("events"."day")
        AND to_char($3, 'DDHH24MISSUS') < to_char("events"."day", 'DDHH24MISSUS') THEN 1 WHEN ($3) <
        ("events"."day") AND to_char($3, 'DDHH24MISSUS') > to_char("events"."day", 'DDHH24MISSUS') THEN -1
        ELSE 0 END AS integer), CAST((extract(year FROM "events"."ended") - extract(year FROM "events"."at"))
        * 12 + extract(month FROM "events"."ended") - extract(month FROM "events"."at") - CASE WHEN
        ("events"."ended") >= ("events"."at") AND to_char("events"."ended", 'DDHH24MISSUS') <
        to_char("events"."at", 'DDHH24MISSUS') THEN 1 WHEN ("events"."ended") < ("events"."at") AND
        to_char("events"."ended", 'DDHH24MISSUS') > to_char("events"."at", 'DDHH24MISSUS') THEN -1 ELSE 0 END
        AS integer)
        FROM "events"
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT datediff(`events`.`day`, ?), (period_diff(extract(year_month FROM `events`.`day`),
        extract(year_month FROM ?)) - CASE WHEN (`events`.`day`) >= (?) AND date_format(`events`.`day`,
        '%d%H%i%s%f') < date_format(?, '%d%H%i%s%f') THEN 1 WHEN (`events`.`day`) < (?) AND
        date_format(`events`.`day`, '%d%H%i%s%f') > date_format(?, '%d%H%i%s%f') THEN -1 ELSE 0 END),
        (period_diff(extract(year_month FROM ?), extract(year_month FROM `events`.`day`)) - CASE WHEN (?) >=
        (`events`.`day`) AND date_format(?, '%d%H%i%s%f') < date_format(`events`.`day`, '%d%H%i%s%f') THEN 1
        WHEN (?) < (`events`.`day`) AND date_format(?, '%d%H%i%s%f') > date_format(`events`.`day`,
        '%d%H%i%s%f') THEN -1 ELSE 0 END), (period_diff(extract(year_month FROM `events`.`ended`),
        extract(year_month FROM `events`.`at`)) - CASE WHEN (`events`.`ended`) >= (`events`.`at`) AND
        date_format(`events`.`ended`, '%d%H%i%s%f') < date_format(`events`.`at`, '%d%H%i%s%f') THEN 1 WHEN
        (`events`.`ended`) < (`events`.`at`) AND date_format(`events`.`ended`, '%d%H%i%s%f') >
        date_format(`events`.`at`, '%d%H%i%s%f') THEN -1 ELSE 0 END)
        FROM `events`
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT CAST(julianday("events"."day") - julianday(?1) AS INTEGER), ((substr("events"."day", 1, 4) -
        substr(?2, 1, 4)) * 12 + substr("events"."day", 6, 2) - substr(?2, 6, 2) - CASE WHEN ("events"."day")
        >= (?2) AND substr("events"."day", 9) < substr(?2, 9) THEN 1 WHEN ("events"."day") < (?2) AND
        substr("events"."day", 9) > substr(?2, 9) THEN -1 ELSE 0 END), ((substr(?3, 1, 4) -
        substr("events"."day", 1, 4)) * 12 + substr(?3, 6, 2) - substr("events"."day", 6, 2) - CASE WHEN (?3)
        >= ("events"."day") AND substr(?3, 9) < substr("events"."day", 9) THEN 1 WHEN (?3) < ("events"."day")
        AND substr(?3, 9) > substr("events"."day", 9) THEN -1 ELSE 0 END), ((substr("events"."ended", 1, 4) -
        substr("events"."at", 1, 4)) * 12 + substr("events"."ended", 6, 2) - substr("events"."at", 6, 2) -
        CASE WHEN ("events"."ended") >= ("events"."at") AND substr("events"."ended", 9) <
        substr("events"."at", 9) THEN 1 WHEN ("events"."ended") < ("events"."at") AND
        substr("events"."ended", 9) > substr("events"."at", 9) THEN -1 ELSE 0 END)
        FROM "events"
        ORDER BY "events"."id" ASC"#,
    )
    .gives(date("2024-12-31"), [(380, 12, -12, Some(0)), (424, 13, -13, None), (0, 0, 0, Some(0))])
    .again(date("2026-02-15"), [(-31, -1, 1, Some(0)), (13, 0, 0, None), (-411, -13, 13, Some(0))]);
}

#[test]
fn microseconds_of_the_epoch() {
    query(|micros: i64| {
        Event::query().filter(|e| e.id.ne(3)).order_by(|e| e.id.asc()).select(|e| {
            (e.at.epoch_micros(), e.ended.epoch_micros(), from_epoch_micros(value(micros)), e.at.add_micros(micros))
        })
    })
    .postgres(
        r#"SELECT CAST(extract(epoch FROM "events"."at") * 1000000 AS bigint), CAST(extract(epoch FROM
        "events"."ended") * 1000000 AS bigint), ((CAST('1970-01-01 00:00:00.000000+00' AS timestamp with time
        zone)) + ($1) * interval '1 microsecond'), (("events"."at") + ($2) * interval '1 microsecond')
        FROM "events"
        WHERE "events"."id" <> $3
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT timestampdiff(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', `events`.`at`),
        timestampdiff(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', `events`.`ended`), ((TIMESTAMP'1970-01-01
        00:00:00.000000') + INTERVAL (?) MICROSECOND), ((`events`.`at`) + INTERVAL (?) MICROSECOND)
        FROM `events`
        WHERE `events`.`id` <> ?
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT (unixepoch(substr("events"."at", 1, 19)) * 1000000 + substr("events"."at", 21, 6)),
        (unixepoch(substr("events"."ended", 1, 19)) * 1000000 + substr("events"."ended", 21, 6)),
        (strftime('%Y-%m-%d %H:%M:%S', substr('1970-01-01 00:00:00.000000', 1, 19), ((substr('1970-01-01
        00:00:00.000000', 21, 6) + (?1) - ((substr('1970-01-01 00:00:00.000000', 21, 6) + (?1)) % 1000000 +
        1000000) % 1000000) / 1000000) || ' seconds') || printf('.%06d', ((substr('1970-01-01
        00:00:00.000000', 21, 6) + (?1)) % 1000000 + 1000000) % 1000000)), (strftime('%Y-%m-%d %H:%M:%S',
        substr("events"."at", 1, 19), ((substr("events"."at", 21, 6) + (?2) - ((substr("events"."at", 21, 6)
        + (?2)) % 1000000 + 1000000) % 1000000) / 1000000) || ' seconds') || printf('.%06d',
        ((substr("events"."at", 21, 6) + (?2)) % 1000000 + 1000000) % 1000000))
        FROM "events"
        WHERE "events"."id" <> ?3
        ORDER BY "events"."id" ASC"#,
    )
    .gives(
        -500_000,
        [
            (
                1_768_465_815_250_000i64,
                Some(1_768_471_200_000_000i64),
                at("1969-12-31T23:59:59.5Z"),
                at("2026-01-15T08:30:14.75Z"),
            ),
            (1_772_323_199_999_999i64, None, at("1969-12-31T23:59:59.5Z"), at("2026-02-28T23:59:59.499999Z")),
        ],
    )
    .again(
        1,
        [
            (
                1_768_465_815_250_000i64,
                Some(1_768_471_200_000_000i64),
                at("1970-01-01T00:00:00.000001Z"),
                at("2026-01-15T08:30:15.250001Z"),
            ),
            (1_772_323_199_999_999i64, None, at("1970-01-01T00:00:00.000001Z"), at("2026-03-01T00:00:00Z")),
        ],
    );
}

#[test]
fn dates_and_clocks_together_and_apart() {
    query(|time: NaiveTime| {
        Event::query()
            .filter(|e| e.id.eq(1))
            .select(|e| (e.day.at_midnight(), e.day.at_time(time), e.day.at_time(e.clock), e.at.time(), e.ended.time()))
    })
    .postgres(
        r#"SELECT CAST("events"."day" AS timestamp without time zone), (("events"."day") + ($1)),
        (("events"."day") + ("events"."clock")), CAST("events"."at" AS time without time zone),
        CAST("events"."ended" AS time without time zone)
        FROM "events"
        WHERE "events"."id" = $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(`events`.`day` AS datetime(6)), timestamp(`events`.`day`, ?), timestamp(`events`.`day`,
        `events`.`clock`), CAST(`events`.`at` AS time(6)), CAST(`events`.`ended` AS time(6))
        FROM `events`
        WHERE `events`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT (("events"."day") || ' 00:00:00.000000'), (("events"."day") || ' ' || (?1)), (("events"."day")
        || ' ' || ("events"."clock")), substr("events"."at", 12), substr("events"."ended", 12)
        FROM "events"
        WHERE "events"."id" = ?2"#,
    )
    .gives(
        clock("23:59:59.999999"),
        [(
            local("2026-01-15T00:00:00"),
            local("2026-01-15T23:59:59.999999"),
            local("2026-01-15T08:30:15.25"),
            clock("08:30:15.25"),
            Some(clock("10:00:00")),
        )],
    )
    .again(
        clock("00:00:00"),
        [(
            local("2026-01-15T00:00:00"),
            local("2026-01-15T00:00:00"),
            local("2026-01-15T08:30:15.25"),
            clock("08:30:15.25"),
            Some(clock("10:00:00")),
        )],
    );
}

#[test]
fn points_in_time_and_readings_of_a_clock() {
    query(|day: NaiveDate| {
        Event::query()
            .filter(|e| e.at.naive_utc().date().eq(day))
            .select(|e| (e.at.naive_utc(), e.local.and_utc(), e.ended.naive_utc()))
    })
    .postgres(
        r#"SELECT (("events"."at") AT TIME ZONE 'UTC'), (("events"."local") AT TIME ZONE 'UTC'),
        (("events"."ended") AT TIME ZONE 'UTC')
        FROM "events"
        WHERE CAST((("events"."at") AT TIME ZONE 'UTC') AS date) = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT (`events`.`at`), (`events`.`local`), (`events`.`ended`)
        FROM `events`
        WHERE CAST((`events`.`at`) AS date) = ?"#,
    )
    .sqlite(
        r#"SELECT ("events"."at"), ("events"."local"), ("events"."ended")
        FROM "events"
        WHERE substr(("events"."at"), 1, 10) = ?1"#,
    )
    .gives(
        date("2026-01-15"),
        [(local("2026-01-15T08:30:15.25"), at("2026-01-15T09:30:15.25Z"), Some(local("2026-01-15T10:00:00")))],
    )
    .again(
        date("2026-02-28"),
        [(local("2026-02-28T23:59:59.999999"), at("2026-03-01T00:59:59.999999Z"), None::<NaiveDateTime>)],
    );
}

#[test]
fn dates_of_numbers() {
    query(|(year, month, day): (i32, i32, i32)| {
        Event::query()
            .filter(|e| e.id.eq(1))
            .select(|e| (make_date(value(year), month, day), make_date(e.day.year(), e.day.month(), 1)))
    })
    .postgres(
        r#"SELECT make_date($1, $2, $3), make_date(CAST(extract(year FROM "events"."day") AS integer),
        CAST(extract(month FROM "events"."day") AS integer), $4)
        FROM "events"
        WHERE "events"."id" = $5"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(concat(lpad(?, 4, '0'), '-', ?, '-', ?) AS date), CAST(concat(lpad(extract(year FROM
        `events`.`day`), 4, '0'), '-', extract(month FROM `events`.`day`), '-', ?) AS date)
        FROM `events`
        WHERE `events`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN date(printf('%04d-%02d-%02d', ?1, ?2, ?3), '+0 days') = printf('%04d-%02d-%02d', ?1,
        ?2, ?3) THEN printf('%04d-%02d-%02d', ?1, ?2, ?3) END, CASE WHEN date(printf('%04d-%02d-%02d',
        CAST(substr("events"."day", 1, 4) AS INTEGER), CAST(substr("events"."day", 6, 2) AS INTEGER), ?4),
        '+0 days') = printf('%04d-%02d-%02d', CAST(substr("events"."day", 1, 4) AS INTEGER),
        CAST(substr("events"."day", 6, 2) AS INTEGER), ?4) THEN printf('%04d-%02d-%02d',
        CAST(substr("events"."day", 1, 4) AS INTEGER), CAST(substr("events"."day", 6, 2) AS INTEGER), ?4) END
        FROM "events"
        WHERE "events"."id" = ?5"#,
    )
    .gives((2024, 2, 29), [(Some(date("2024-02-29")), Some(date("2026-01-01")))])
    .again((987, 12, 1), [(Some(date("0987-12-01")), Some(date("2026-01-01")))]);
}

#[test]
fn today() {
    query(|day: NaiveDate| {
        Event::query().filter(|_| current_date().gt(day)).select(|_| current_date().days_since(now().date())).limit(1)
    })
    .postgres(
        r#"SELECT ((CAST(now() AT TIME ZONE 'UTC' AS date)) - (CAST(now() AS date)))
        FROM "events"
        WHERE CAST(now() AT TIME ZONE 'UTC' AS date) > $1 LIMIT $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT datediff(UTC_DATE(), CAST(CURRENT_TIMESTAMP(6) AS date))
        FROM `events`
        WHERE UTC_DATE() > ? LIMIT ?"#,
    )
    .sqlite(
        r#"SELECT CAST(julianday(date('now')) - julianday(substr(strftime('%Y-%m-%d %H:%M:%f000', 'now'), 1,
        10)) AS INTEGER)
        FROM "events"
        WHERE date('now') > ?1 LIMIT ?2+0"#,
    )
    .gives(date("2020-01-01"), [0])
    .again(date("9000-01-01"), [0; 0]);
}

#[test]
fn time_zones_by_name() {
    query(|zone: &str| {
        Moment::query()
            .filter(|e| e.id.eq(1))
            .select(|e| (e.at.at_time_zone(zone), e.ended.at_time_zone(zone), e.local.at_time_zone(zone)))
    })
    .postgres(
        r#"SELECT timezone($1, "events"."at"), timezone($2, "events"."ended"), timezone($3, "events"."local")
        FROM "events"
        WHERE "events"."id" = $4"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        "Europe/Berlin",
        [(local("2026-01-15T09:30:15.25"), Some(local("2026-01-15T11:00:00")), at("2026-01-15T08:30:15.25Z"))],
    )
    .again(
        "America/New_York",
        [(local("2026-01-15T03:30:15.25"), Some(local("2026-01-15T05:00:00")), at("2026-01-15T14:30:15.25Z"))],
    );
}
