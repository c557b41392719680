//! Dates and times: values, now, intervals, parts, truncation, differences.

mod calendar;
mod iso;
mod parse;

use relvar_sql_tests::prelude::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn timestamps_compare() {
    query(|since: DateTime<Utc>| {
        Event::query().filter(|e| e.at.gte(since)).order_by(|e| e.at.asc()).select(|e| (e.at, e.ended))
    })
    .postgres(
        r#"SELECT "events"."at", "events"."ended"
        FROM "events"
        WHERE "events"."at" >= $1
        ORDER BY "events"."at" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `events`.`at`, `events`.`ended` FROM `events` WHERE `events`.`at` >= ? ORDER BY `events`.`at` ASC"#,
    )
    .sqlite(
        r#"SELECT "events"."at", "events"."ended"
        FROM "events"
        WHERE "events"."at" >= ?1
        ORDER BY "events"."at" ASC"#,
    )
    .gives(
        at("2026-01-15T08:30:15.25Z"),
        [(at("2026-01-15T08:30:15.25Z"), Some(at("2026-01-15T10:00:00Z"))), (at("2026-02-28T23:59:59.999999Z"), None)],
    )
    .again(at("2026-01-15T08:30:15.250001Z"), [(at("2026-02-28T23:59:59.999999Z"), None::<DateTime<Utc>>)]);
}

#[test]
fn dates_times_and_local_timestamps_compare() {
    query(|(day, clock): (&str, &str)| {
        let (day, clock): (NaiveDate, NaiveTime) = (day.parse().unwrap(), clock.parse().unwrap());
        Event::query()
            .filter(|e| e.day.gte(day) & e.clock.lt(clock) & e.local.gt(day.and_time(clock)))
            .select(|e| (e.day, e.clock, e.local))
    })
    .postgres(
        r#"SELECT "events"."day", "events"."clock", "events"."local"
        FROM "events"
        WHERE "events"."day" >= $1 AND "events"."clock" < $2 AND "events"."local" > $3"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `events`.`day`, `events`.`clock`, `events`.`local`
        FROM `events`
        WHERE `events`.`day` >= ? AND `events`.`clock` < ? AND `events`.`local` > ?"#,
    )
    .sqlite(
        r#"SELECT "events"."day", "events"."clock", "events"."local"
        FROM "events"
        WHERE "events"."day" >= ?1 AND "events"."clock" < ?2 AND "events"."local" > ?3"#,
    )
    .gives(
        ("2026-01-15", "09:00:00"),
        [(
            date("2026-01-15"),
            "08:30:15.250".parse::<NaiveTime>().unwrap(),
            date("2026-01-15").and_hms_milli_opt(9, 30, 15, 250).unwrap(),
        )],
    )
    .again(("2026-01-15", "10:00:00"), [(); 0]);
}

#[test]
fn now_is_after_the_past_and_before_the_future() {
    query(|(past, future): (DateTime<Utc>, DateTime<Utc>)| {
        Counter::query()
            .filter(|_| now().gt(past) & now().lt(future))
            .select(|_| (now().gt(past), now().year().gte(2026)))
    })
    .postgres(
        r#"SELECT now() > $1, CAST(extract(year FROM now()) AS integer) >= $2
        FROM "counters"
        WHERE now() > $3 AND now() < $4"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CURRENT_TIMESTAMP(6) > ?, extract(year FROM CURRENT_TIMESTAMP(6)) >= ?
        FROM `counters`
        WHERE CURRENT_TIMESTAMP(6) > ? AND CURRENT_TIMESTAMP(6) < ?"#,
    )
    .sqlite(
        r#"SELECT strftime('%Y-%m-%d %H:%M:%f000', 'now') > ?1, CAST(substr(strftime('%Y-%m-%d %H:%M:%f000', 'now'),
        1, 4) AS INTEGER) >= ?2
        FROM "counters"
        WHERE strftime('%Y-%m-%d %H:%M:%f000', 'now') > ?3 AND strftime('%Y-%m-%d %H:%M:%f000', 'now') < ?4"#,
    )
    .gives((at("2020-01-01T00:00:00Z"), at("2999-01-01T00:00:00Z")), [(Some(true), Some(true))])
    .again((at("2998-01-01T00:00:00Z"), at("2999-01-01T00:00:00Z")), [(); 0]);
}

#[test]
fn a_column_compares_with_now_less_an_interval() {
    query(|days: i64| {
        Event::query().filter(|e| e.at.gt(now() - Interval::days(days))).select(|e| e.id).order_by(|e| e.id.asc())
    })
    .postgres(
        r#"SELECT "events"."id"
            FROM "events"
            WHERE "events"."at" > ((now()) + ($1) * interval '1 microsecond')
            ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `events`.`id`
        FROM `events`
        WHERE `events`.`at` > ((CURRENT_TIMESTAMP(6)) + INTERVAL (?) MICROSECOND)
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "events"."id"
            FROM "events"
            WHERE "events"."at" > (strftime('%Y-%m-%d %H:%M:%S', substr(strftime('%Y-%m-%d %H:%M:%f000', 'now'),
            1, 19), ((substr(strftime('%Y-%m-%d %H:%M:%f000', 'now'), 21, 6) + (?1) -
            ((substr(strftime('%Y-%m-%d %H:%M:%f000', 'now'), 21, 6) + (?1)) % 1000000 + 1000000) % 1000000) /
            1000000) || ' seconds') || printf('.%06d', ((substr(strftime('%Y-%m-%d %H:%M:%f000', 'now'), 21, 6) +
            (?1)) % 1000000 + 1000000) % 1000000))
            ORDER BY "events"."id" ASC"#,
    )
    .gives(365_000, [1, 2, 3])
    .again(-36_500, [0; 0]);
}

#[test]
fn intervals_move_timestamps_to_the_microsecond() {
    query(|micros: i64| {
        Event::query().order_by(|e| e.id.asc()).select(|e| {
            (e.at + Interval::microseconds(micros), e.ended - Interval::hours(36), e.local + Interval::weeks(1))
        })
    })
    .postgres(
        r#"SELECT (("events"."at") + ($1) * interval '1 microsecond'), (("events"."ended") + ($2) * interval
        '1 microsecond'), (("events"."local") + ($3) * interval '1 microsecond')
        FROM "events"
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT ((`events`.`at`) + INTERVAL (?) MICROSECOND), ((`events`.`ended`) + INTERVAL (?) MICROSECOND),
        ((`events`.`local`) + INTERVAL (?) MICROSECOND)
        FROM `events`
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT (strftime('%Y-%m-%d %H:%M:%S', substr("events"."at", 1, 19), ((substr("events"."at", 21, 6) + (?1)
        - ((substr("events"."at", 21, 6) + (?1)) % 1000000 + 1000000) % 1000000) / 1000000) || ' seconds') ||
        printf('.%06d', ((substr("events"."at", 21, 6) + (?1)) % 1000000 + 1000000) % 1000000)),
        (strftime('%Y-%m-%d %H:%M:%S', substr("events"."ended", 1, 19), ((substr("events"."ended", 21, 6) + (?2)
        - ((substr("events"."ended", 21, 6) + (?2)) % 1000000 + 1000000) % 1000000) / 1000000) || ' seconds') ||
        printf('.%06d', ((substr("events"."ended", 21, 6) + (?2)) % 1000000 + 1000000) % 1000000)),
        (strftime('%Y-%m-%d %H:%M:%S', substr("events"."local", 1, 19), ((substr("events"."local", 21, 6) + (?3)
        - ((substr("events"."local", 21, 6) + (?3)) % 1000000 + 1000000) % 1000000) / 1000000) || ' seconds') ||
        printf('.%06d', ((substr("events"."local", 21, 6) + (?3)) % 1000000 + 1000000) % 1000000))
        FROM "events"
        ORDER BY "events"."id" ASC"#,
    )
    .gives(
        1,
        [
            (
                at("2026-01-15T08:30:15.250001Z"),
                Some(at("2026-01-13T22:00:00Z")),
                date("2026-01-22").and_hms_milli_opt(9, 30, 15, 250).unwrap(),
            ),
            (at("2026-03-01T00:00:00Z"), None, date("2026-03-08").and_hms_micro_opt(0, 59, 59, 999_999).unwrap()),
            (
                at("2024-12-31T00:00:00.000001Z"),
                Some(at("2024-12-30T12:00:00.5Z")),
                date("2025-01-07").and_hms_opt(1, 0, 0).unwrap(),
            ),
        ],
    )
    .again(
        -250_001,
        [
            (
                at("2026-01-15T08:30:14.999999Z"),
                Some(at("2026-01-13T22:00:00Z")),
                date("2026-01-22").and_hms_milli_opt(9, 30, 15, 250).unwrap(),
            ),
            (
                at("2026-02-28T23:59:59.749998Z"),
                None,
                date("2026-03-08").and_hms_micro_opt(0, 59, 59, 999_999).unwrap(),
            ),
            (
                at("2024-12-30T23:59:59.749999Z"),
                Some(at("2024-12-30T12:00:00.5Z")),
                date("2025-01-07").and_hms_opt(1, 0, 0).unwrap(),
            ),
        ],
    );
}

#[test]
fn parts_of_a_timestamp() {
    query(|id: i64| {
        Event::query().filter(|e| e.id.eq(id)).select(|e| {
            ((e.at.year(), e.at.month(), e.at.day()), (e.at.hour(), e.at.minute(), e.at.second()), e.ended.day())
        })
    })
    .postgres(
        r#"SELECT CAST(extract(year FROM "events"."at") AS integer), CAST(extract(month FROM "events"."at") AS
        integer), CAST(extract(day FROM "events"."at") AS integer), CAST(extract(hour FROM "events"."at") AS
        integer), CAST(extract(minute FROM "events"."at") AS integer), CAST(floor(extract(second FROM
        "events"."at")) AS integer), CAST(extract(day FROM "events"."ended") AS integer)
        FROM "events"
        WHERE "events"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT extract(year FROM `events`.`at`), extract(month FROM `events`.`at`), extract(day FROM
        `events`.`at`), extract(hour FROM `events`.`at`), extract(minute FROM `events`.`at`), extract(second FROM
        `events`.`at`), extract(day FROM `events`.`ended`)
        FROM `events`
        WHERE `events`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CAST(substr("events"."at", 1, 4) AS INTEGER), CAST(substr("events"."at", 6, 2) AS INTEGER),
        CAST(substr("events"."at", 9, 2) AS INTEGER), CAST(substr("events"."at", 12, 2) AS INTEGER),
        CAST(substr("events"."at", 15, 2) AS INTEGER), CAST(substr("events"."at", 18, 2) AS INTEGER),
        CAST(substr("events"."ended", 9, 2) AS INTEGER)
        FROM "events"
        WHERE "events"."id" = ?1"#,
    )
    .gives(1, [((2026, 1, 15), (8, 30, 15), Some(15))])
    .again(2, [((2026, 2, 28), (23, 59, 59), None::<i32>)]);
}

#[test]
fn parts_of_dates_and_local_timestamps() {
    query(|year: i32| {
        Event::query()
            .filter(|e| e.day.year().eq(year))
            .order_by(|e| e.id.asc())
            .select(|e| (e.day.month(), e.day.day(), e.local.day(), e.local.hour()))
    })
    .postgres(
        r#"SELECT CAST(extract(month FROM "events"."day") AS integer), CAST(extract(day FROM "events"."day") AS
        integer), CAST(extract(day FROM "events"."local") AS integer), CAST(extract(hour FROM "events"."local")
        AS integer)
        FROM "events"
        WHERE CAST(extract(year FROM "events"."day") AS integer) = $1
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT extract(month FROM `events`.`day`), extract(day FROM `events`.`day`), extract(day FROM
        `events`.`local`), extract(hour FROM `events`.`local`)
        FROM `events`
        WHERE extract(year FROM `events`.`day`) = ?
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT CAST(substr("events"."day", 6, 2) AS INTEGER), CAST(substr("events"."day", 9, 2) AS INTEGER),
        CAST(substr("events"."local", 9, 2) AS INTEGER), CAST(substr("events"."local", 12, 2) AS INTEGER)
        FROM "events"
        WHERE CAST(substr("events"."day", 1, 4) AS INTEGER) = ?1
        ORDER BY "events"."id" ASC"#,
    )
    .gives(2026, [(1, 15, 15, 9), (2, 28, 1, 0)])
    .again(2024, [(12, 31, 31, 1)]);
}

#[test]
fn the_date_of_a_timestamp() {
    query(|day: NaiveDate| {
        Event::query().filter(|e| e.at.date().eq(day)).select(|e| (e.id, e.at.date(), e.ended.date(), e.local.date()))
    })
    .postgres(
        r#"SELECT "events"."id", CAST("events"."at" AS date), CAST("events"."ended" AS date), CAST("events"."local"
        AS date)
        FROM "events"
        WHERE CAST("events"."at" AS date) = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `events`.`id`, CAST(`events`.`at` AS date), CAST(`events`.`ended` AS date), CAST(`events`.`local`
        AS date)
        FROM `events`
        WHERE CAST(`events`.`at` AS date) = ?"#,
    )
    .sqlite(
        r#"SELECT "events"."id", substr("events"."at", 1, 10), substr("events"."ended", 1, 10),
        substr("events"."local", 1, 10)
        FROM "events"
        WHERE substr("events"."at", 1, 10) = ?1"#,
    )
    .gives(date("2026-02-28"), [(2, date("2026-02-28"), None::<NaiveDate>, date("2026-03-01"))])
    .again(date("2024-12-31"), [(3, date("2024-12-31"), Some(date("2025-01-01")), date("2024-12-31"))]);
}

#[test]
fn truncation() {
    query(|id: i64| {
        Event::query().filter(|e| e.id.eq(id)).select(|e| {
            (
                e.at.truncate_to_year(),
                e.at.truncate_to_month(),
                e.at.truncate_to_day(),
                e.at.truncate_to_hour(),
                e.local.truncate_to_hour(),
            )
        })
    })
    .postgres(
        r#"SELECT date_trunc('year', "events"."at"), date_trunc('month', "events"."at"), date_trunc('day',
        "events"."at"), date_trunc('hour', "events"."at"), date_trunc('hour', "events"."local")
        FROM "events"
        WHERE "events"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CAST(date_format(`events`.`at`, '%Y-01-01') AS datetime(6)), CAST(date_format(`events`.`at`,
        '%Y-%m-01') AS datetime(6)), CAST(date(`events`.`at`) AS datetime(6)), CAST(date_format(`events`.`at`,
        '%Y-%m-%d %H:00:00') AS datetime(6)), CAST(date_format(`events`.`local`, '%Y-%m-%d %H:00:00') AS
        datetime(6))
        FROM `events`
        WHERE `events`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT (substr("events"."at", 1, 4) || '-01-01 00:00:00.000000'), (substr("events"."at", 1, 7) ||
        '-01 00:00:00.000000'), (substr("events"."at", 1, 10) || ' 00:00:00.000000'), (substr("events"."at", 1,
        13) || ':00:00.000000'), (substr("events"."local", 1, 13) || ':00:00.000000')
        FROM "events"
        WHERE "events"."id" = ?1"#,
    )
    .gives(
        1,
        [(
            at("2026-01-01T00:00:00Z"),
            at("2026-01-01T00:00:00Z"),
            at("2026-01-15T00:00:00Z"),
            at("2026-01-15T08:00:00Z"),
            date("2026-01-15").and_hms_opt(9, 0, 0).unwrap(),
        )],
    )
    .again(
        2,
        [(
            at("2026-01-01T00:00:00Z"),
            at("2026-02-01T00:00:00Z"),
            at("2026-02-28T00:00:00Z"),
            at("2026-02-28T23:00:00Z"),
            date("2026-03-01").and_hms_opt(0, 0, 0).unwrap(),
        )],
    );
}

#[test]
fn grouping_by_a_truncated_timestamp() {
    query(|id: i64| {
        Thread::query()
            .filter(|t| t.id.ne(id))
            .group_by(|t| t.created_at.truncate_to_month())
            .order_by(|month, _| month.asc())
            .select(|month, g| (month, g.count()))
    })
    .postgres(
        r#"SELECT date_trunc('month', "threads"."created_at"), count(*)
        FROM "threads"
        WHERE "threads"."id" <> $1
        GROUP BY date_trunc('month', "threads"."created_at")
        ORDER BY date_trunc('month', "threads"."created_at") ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT min(CAST(date_format(`threads`.`created_at`, '%Y-%m-01') AS datetime(6))), count(*)
        FROM `threads`
        WHERE `threads`.`id` <> ?
        GROUP BY CAST(date_format(`threads`.`created_at`, '%Y-%m-01') AS datetime(6))
        ORDER BY min(CAST(date_format(`threads`.`created_at`, '%Y-%m-01') AS datetime(6))) ASC"#,
    )
    .sqlite(
        r#"SELECT (substr("threads"."created_at", 1, 7) || '-01 00:00:00.000000'), count(*)
        FROM "threads"
        WHERE "threads"."id" <> ?1
        GROUP BY (substr("threads"."created_at", 1, 7) || '-01 00:00:00.000000')
        ORDER BY (substr("threads"."created_at", 1, 7) || '-01 00:00:00.000000') ASC"#,
    )
    .gives(0, [(at("2025-12-01T00:00:00Z"), 1), (at("2026-01-01T00:00:00Z"), 2), (at("2026-02-01T00:00:00Z"), 1)])
    .again(3, [(at("2026-01-01T00:00:00Z"), 2), (at("2026-02-01T00:00:00Z"), 1)]);
}

#[test]
fn seconds_between_timestamps() {
    query(|earlier: DateTime<Utc>| {
        Event::query()
            .order_by(|e| e.id.asc())
            .filter(|e| e.id.ne(2))
            .select(|e| (e.at.seconds_since(earlier), e.ended.seconds_since(e.at)))
    })
    .postgres(
        r#"SELECT CAST(extract(epoch FROM ("events"."at") - ($1)) AS double precision), CAST(extract(epoch FROM
        ("events"."ended") - ("events"."at")) AS double precision)
        FROM "events"
        WHERE "events"."id" <> $2
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT (TIMESTAMPDIFF(MICROSECOND, ?, `events`.`at`) / 1e6), (TIMESTAMPDIFF(MICROSECOND, `events`.`at`,
        `events`.`ended`) / 1e6)
        FROM `events`
        WHERE `events`.`id` <> ?
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT (unixepoch(substr("events"."at", 1, 19)) - unixepoch(substr(?1, 1, 19)) + (substr("events"."at",
        21, 6) - substr(?1, 21, 6)) / 1e6), (unixepoch(substr("events"."ended", 1, 19)) -
        unixepoch(substr("events"."at", 1, 19)) + (substr("events"."ended", 21, 6) - substr("events"."at", 21,
        6)) / 1e6)
        FROM "events"
        WHERE "events"."id" <> ?2
        ORDER BY "events"."id" ASC"#,
    )
    .gives(at("2026-01-15T08:30:15Z"), [(0.25, Some(5384.75)), (-32_862_615.0, Some(86_400.5))])
    .again(at("2024-12-31T00:00:00Z"), [(32_862_615.25, Some(5384.75)), (0.0, Some(86_400.5))]);
}

#[test]
fn greatest_of_times() {
    query(|bound: DateTime<Utc>| {
        Event::query().order_by(|e| e.id.asc()).select(|e| (greatest(e.at, bound), least(e.at, bound).eq(e.at)))
    })
    .postgres(
        r#"SELECT greatest("events"."at", $1), least("events"."at", $2) = "events"."at"
        FROM "events"
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT greatest(`events`.`at`, ?), least(`events`.`at`, ?) = `events`.`at`
        FROM `events`
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT max("events"."at", ?1), min("events"."at", ?2) = "events"."at"
        FROM "events"
        ORDER BY "events"."id" ASC"#,
    )
    .gives(
        at("2026-01-31T00:00:00Z"),
        [
            (at("2026-01-31T00:00:00Z"), Some(true)),
            (at("2026-02-28T23:59:59.999999Z"), Some(false)),
            (at("2026-01-31T00:00:00Z"), Some(true)),
        ],
    )
    .again(
        at("2020-01-01T00:00:00Z"),
        [
            (at("2026-01-15T08:30:15.25Z"), Some(false)),
            (at("2026-02-28T23:59:59.999999Z"), Some(false)),
            (at("2024-12-31T00:00:00Z"), Some(false)),
        ],
    );
}
