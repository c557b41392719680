//! Dates and times as text, and in documents.

use relvar_sql_tests::prelude::*;

#[test]
fn as_iso_8601_writes_them() {
    query(|id: i64| {
        Event::query()
            .filter(|e| e.id.gte(id))
            .order_by(|e| e.id.asc())
            .select(|e| (e.at.iso_text(), e.ended.iso_text(), e.local.iso_text(), e.day.iso_text(), e.clock.iso_text()))
    })
    .postgres(
        r#"SELECT to_char(("events"."at") AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        to_char(("events"."ended") AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        to_char("events"."local", 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_char("events"."day", 'YYYY-MM-DD'),
        to_char(CAST("events"."clock" AS interval), 'HH24:MI:SS.US')
        FROM "events"
        WHERE "events"."id" >= $1
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT date_format(`events`.`at`, '%Y-%m-%dT%H:%i:%s.%fZ'), date_format(`events`.`ended`,
        '%Y-%m-%dT%H:%i:%s.%fZ'), date_format(`events`.`local`, '%Y-%m-%dT%H:%i:%s.%f'),
        date_format(`events`.`day`, '%Y-%m-%d'), time_format(`events`.`clock`, '%H:%i:%s.%f')
        FROM `events`
        WHERE `events`.`id` >= ?
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT (replace("events"."at", ' ', 'T') || 'Z'), (replace("events"."ended", ' ', 'T') || 'Z'),
        replace("events"."local", ' ', 'T'), "events"."day", "events"."clock"
        FROM "events"
        WHERE "events"."id" >= ?1
        ORDER BY "events"."id" ASC"#,
    )
    .gives(
        2,
        [
            ("2026-02-28T23:59:59.999999Z", None, "2026-03-01T00:59:59.999999", "2026-02-28", "23:59:59.999999"),
            (
                "2024-12-31T00:00:00.000000Z",
                Some("2025-01-01T00:00:00.500000Z"),
                "2024-12-31T01:00:00.000000",
                "2024-12-31",
                "00:00:00.000000",
            ),
        ],
    )
    .again(
        3,
        [(
            "2024-12-31T00:00:00.000000Z",
            Some("2025-01-01T00:00:00.500000Z"),
            "2024-12-31T01:00:00.000000",
            "2024-12-31",
            "00:00:00.000000",
        )],
    );
}

#[test]
fn documents_of_times_are_read_as_they_were() {
    query(|id: i64| {
        Event::query().filter(|e| e.id.eq(id)).select(|e| {
            (json_array((e.at, e.ended, e.local, e.day, e.clock)), json_object((("at", e.at), ("day", e.day))))
        })
    })
    .postgres(
        r#"SELECT jsonb_build_array(to_char(("events"."at") AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        to_char(("events"."ended") AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        to_char("events"."local", 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_char("events"."day", 'YYYY-MM-DD'),
        to_char(CAST("events"."clock" AS interval), 'HH24:MI:SS.US')), jsonb_build_object('at',
        to_char(("events"."at") AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'day',
        to_char("events"."day", 'YYYY-MM-DD'))
        FROM "events"
        WHERE "events"."id" = $1"#,
    )
    .mysql(
        r#"SELECT json_array(date_format(`events`.`at`, '%Y-%m-%dT%H:%i:%s.%fZ'), date_format(`events`.`ended`,
        '%Y-%m-%dT%H:%i:%s.%fZ'), date_format(`events`.`local`, '%Y-%m-%dT%H:%i:%s.%f'),
        date_format(`events`.`day`, '%Y-%m-%d'), time_format(`events`.`clock`, '%H:%i:%s.%f')), json_object('at',
        date_format(`events`.`at`, '%Y-%m-%dT%H:%i:%s.%fZ'), 'day', date_format(`events`.`day`, '%Y-%m-%d'))
        FROM `events`
        WHERE `events`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT json_array(((date_format(`events`.`at`, '%Y-%m-%dT%H:%i:%s.%fZ')) COLLATE utf8mb4_bin),
        ((date_format(`events`.`ended`, '%Y-%m-%dT%H:%i:%s.%fZ')) COLLATE utf8mb4_bin),
        ((date_format(`events`.`local`, '%Y-%m-%dT%H:%i:%s.%f')) COLLATE utf8mb4_bin),
        ((date_format(`events`.`day`, '%Y-%m-%d')) COLLATE utf8mb4_bin), ((time_format(`events`.`clock`,
        '%H:%i:%s.%f')) COLLATE utf8mb4_bin)), json_object('at', ((date_format(`events`.`at`,
        '%Y-%m-%dT%H:%i:%s.%fZ')) COLLATE utf8mb4_bin), 'day', ((date_format(`events`.`day`, '%Y-%m-%d')) COLLATE
        utf8mb4_bin))
        FROM `events`
        WHERE `events`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT json_array((replace("events"."at", ' ', 'T') || 'Z'), (replace("events"."ended", ' ', 'T') ||
        'Z'), replace("events"."local", ' ', 'T'), "events"."day", "events"."clock"), json_object('at',
        (replace("events"."at", ' ', 'T') || 'Z'), 'day', "events"."day")
        FROM "events"
        WHERE "events"."id" = ?1"#,
    )
    .gives(
        1,
        [(
            Json((
                at("2026-01-15T08:30:15.25Z"),
                Some(at("2026-01-15T10:00:00Z")),
                "2026-01-15T09:30:15.25".parse::<NaiveDateTime>().unwrap(),
                "2026-01-15".parse::<NaiveDate>().unwrap(),
                "08:30:15.25".parse::<NaiveTime>().unwrap(),
            )),
            Json(json!({"at": "2026-01-15T08:30:15.250000Z", "day": "2026-01-15"})),
        )],
    )
    .again(
        2,
        [(
            Json((
                at("2026-02-28T23:59:59.999999Z"),
                None::<DateTime<Utc>>,
                "2026-03-01T00:59:59.999999".parse::<NaiveDateTime>().unwrap(),
                "2026-02-28".parse::<NaiveDate>().unwrap(),
                "23:59:59.999999".parse::<NaiveTime>().unwrap(),
            )),
            Json(json!({"at": "2026-02-28T23:59:59.999999Z", "day": "2026-02-28"})),
        )],
    );
}

#[test]
fn times_are_collected_in_documents() {
    query(|id: i64| {
        Event::query()
            .filter(|e| e.id.gte(id))
            .aggregate(|g| (g.json_agg(|e| e.day), g.json_object_agg(|e| e.id.cast::<String>(), |e| e.ended)))
    })
    .postgres(
        r#"SELECT jsonb_agg(to_char("events"."day", 'YYYY-MM-DD')), jsonb_object_agg(CAST("events"."id" AS text),
        to_char(("events"."ended") AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        FROM "events"
        WHERE "events"."id" >= $1"#,
    )
    .mysql(
        r#"SELECT json_arrayagg(date_format(`events`.`day`, '%Y-%m-%d')), json_objectagg(concat(`events`.`id`),
        date_format(`events`.`ended`, '%Y-%m-%dT%H:%i:%s.%fZ'))
        FROM `events`
        WHERE `events`.`id` >= ?"#,
    )
    .mariadb(
        r#"SELECT json_arrayagg(date_format(`events`.`day`, '%Y-%m-%d')), json_objectagg((CAST(`events`.`id` AS
        CHAR)) COLLATE utf8mb4_bin, date_format(`events`.`ended`, '%Y-%m-%dT%H:%i:%s.%fZ'))
        FROM `events`
        WHERE `events`.`id` >= ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN count(*) > 0 THEN json_group_array("events"."day") END, CASE WHEN count(*) > 0 THEN
        json_group_object(CAST("events"."id" AS TEXT), (replace("events"."ended", ' ', 'T') || 'Z')) END
        FROM "events"
        WHERE "events"."id" >= ?1"#,
    )
    .gives(
        3,
        [(
            Some(Json(vec!["2024-12-31".parse::<NaiveDate>().unwrap()])),
            Some(Json(std::collections::BTreeMap::from([("3", Some(at("2025-01-01T00:00:00.5Z")))]))),
        )],
    )
    .again(4, [(None::<i32>, None::<i32>)]);
}

#[test]
fn a_uuid_in_a_document() {
    query(|id: i64| Article::query().filter(|a| a.id.eq(id)).select(|a| json_array((a.key,))))
        .postgres(
            r#"SELECT jsonb_build_array(CAST("articles"."key" AS text)) FROM "articles" WHERE "articles"."id" = $1"#,
        )
        .mysql_and_mariadb(DoesNotCompile)
        .sqlite(DoesNotCompile)
        .gives(1, [Json((Uuid::from_u128(1),))])
        .again(2, [Json((Uuid::from_u128(2),))]);
}
