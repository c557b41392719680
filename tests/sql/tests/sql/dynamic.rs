//! Filters, orders and select lists that are chosen by name at run time.

use relvar::query::error::NameError;
use relvar::query::types::NamedRow;
use relvar_sql_tests::prelude::*;

/// A row as it shows itself.
struct Shown(&'static str);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

#[test]
fn a_filter_by_name() {
    query(|(comparison, text): (&str, &str)| {
        let comparison: Comparison = comparison.parse().unwrap();
        User::query()
            .try_filter(|u| Named::of(u).compare("id", comparison, text))
            .unwrap()
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
    })
    .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" >= $1 ORDER BY "users"."id" ASC"#)
    .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` WHERE `users`.`id` >= ? ORDER BY `users`.`id` ASC"#)
    .sqlite(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" >= ?1 ORDER BY "users"."id" ASC"#)
    .gives(("gte", "3"), [3, 4])
    .again(("gte", "4"), [4]);
}

#[test]
fn filters_in_lists() {
    query(|(name, ids): (&str, [&'static str; 2])| {
        User::query()
            .try_filter(|u| {
                let columns = Named::of(u);
                let either = any([columns.compare("name", Comparison::StartsWith, name)?, columns.one_of("id", ids)?]);
                Ok::<_, NameError>(all([either, columns.is_null("bio")?]))
            })
            .unwrap()
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE (("users"."name" LIKE $1 ESCAPE E'\\') OR "users"."id" = ANY($2)) AND "users"."bio" IS NULL
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id`
        FROM `users`
        WHERE ((`users`.`name` LIKE ? ESCAPE _utf8mb4 X'5C') OR `users`.`id` IN (?, ?)) AND `users`.`bio` IS
        NULL
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."id"
        FROM "users"
        WHERE (("users"."name" LIKE ?1 ESCAPE '\') OR "users"."id" IN (?2, ?3)) AND "users"."bio" IS NULL
        ORDER BY "users"."id" ASC"#,
    )
    .gives(("A%", ["2", "3"]), [2])
    .again(("Ann", ["3", "4"]), [4]);
}

#[test]
fn every_type_of_value() {
    query(|(at, day, clock, local): (&'static str, &str, &str, &str)| {
        Event::query()
            .try_filter(|e| {
                let e = Named::of(e);
                Ok::<_, NameError>(all([
                    e.compare("at", Comparison::GreaterOrEqual, at)?,
                    e.compare("day", Comparison::NotEqual, day)?,
                    e.compare("clock", Comparison::NotEqual, clock)?,
                    e.compare("local", Comparison::NotEqual, local)?,
                ]))
            })
            .unwrap()
            .order_by(|e| e.id.asc())
            .select(|e| e.id)
    })
    .postgres(
        r#"SELECT "events"."id"
        FROM "events"
        WHERE "events"."at" >= $1 AND "events"."day" <> $2 AND "events"."clock" <> $3 AND "events"."local" <>
        $4
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `events`.`id`
        FROM `events`
        WHERE `events`.`at` >= ? AND `events`.`day` <> ? AND `events`.`clock` <> ? AND `events`.`local` <> ?
        ORDER BY `events`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "events"."id"
        FROM "events"
        WHERE "events"."at" >= ?1 AND "events"."day" <> ?2 AND "events"."clock" <> ?3 AND "events"."local" <>
        ?4
        ORDER BY "events"."id" ASC"#,
    )
    .gives(("2026-01-01T00:00:00+01:00", "1999-12-31", "01:02:03", "1999-12-31T01:02:03"), [1, 2])
    .again(("2999-01-01T00:00:00Z", "1999-12-31", "01:02:03", "1999-12-31 01:02:03"), [0; 0]);
}

#[test]
fn an_order_by_name() {
    query(|least: i64| {
        User::query()
            .left_join(Thread::table(), |u, t| t.user_id.eq(u.id))
            .filter(|(u, _)| u.id.gte(least))
            .try_order_by(|(u, t)| Named::new().with("user", u.name).with("thread", t.id).order("-user, +thread"))
            .unwrap()
            .select(|(u, t)| (u.name, t.id))
    })
    .postgres(
        r#"SELECT "users"."name", "threads"."id"
        FROM "users"
        LEFT JOIN "threads" ON "threads"."user_id" = "users"."id"
        WHERE "users"."id" >= $1
        ORDER BY "users"."name" DESC, "threads"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`, `threads`.`id`
        FROM `users`
        LEFT JOIN `threads` ON `threads`.`user_id` = `users`.`id`
        WHERE `users`.`id` >= ?
        ORDER BY `users`.`name` DESC, `threads`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name", "threads"."id"
        FROM "users"
        LEFT JOIN "threads" ON "threads"."user_id" = "users"."id"
        WHERE "users"."id" >= ?1
        ORDER BY "users"."name" DESC, "threads"."id" ASC"#,
    )
    .gives(3, [("Zoë", Some(4i64)), ("Dan O'Hara", None)])
    .again(4, [("Dan O'Hara", None::<i64>)]);
}

#[test]
fn a_select_list_by_name() {
    query(|id: i64| {
        User::query()
            .filter(|u| u.id.gte(id))
            .order_by(|u| u.id.asc())
            .limit(2)
            .try_select_list(|u| Named::of(u).select(["name", "bio", "id"]))
            .unwrap()
    })
    .postgres(
        r#"SELECT "users"."name", "users"."bio", "users"."id"
        FROM "users"
        WHERE "users"."id" >= $1
        ORDER BY "users"."id" ASC LIMIT $2"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`, `users`.`bio`, `users`.`id`
        FROM `users`
        WHERE `users`.`id` >= ?
        ORDER BY `users`.`id` ASC LIMIT ?"#,
    )
    .sqlite(
        r#"SELECT "users"."name", "users"."bio", "users"."id"
        FROM "users"
        WHERE "users"."id" >= ?1
        ORDER BY "users"."id" ASC LIMIT ?2+0"#,
    )
    .gives(
        1,
        [
            Shown(r#"{"name": Text("Ann"), "bio": Text("writes 100% of it"), "id": I64(1)}"#),
            Shown(r#"{"name": Text("Bob"), "bio": Null, "id": I64(2)}"#),
        ],
    )
    .again(4, [Shown(r#"{"name": Text("Dan O'Hara"), "bio": Null, "id": I64(4)}"#)]);
}

#[test]
fn rows_of_every_type_by_name() {
    query(|id: i64| {
        Event::query()
            .filter(|e| e.id.eq(id))
            .try_select_list(|e| Named::of(e).select(["at", "ended", "local", "day", "clock"]))
            .unwrap()
    })
    .postgres(r#"SELECT "events"."at", "events"."ended", "events"."local", "events"."day", "events"."clock"
        FROM "events"
        WHERE "events"."id" = $1"#)
    .mysql_and_mariadb(r#"SELECT `events`.`at`, `events`.`ended`, `events`.`local`, `events`.`day`, `events`.`clock`
        FROM `events`
        WHERE `events`.`id` = ?"#)
    .sqlite(r#"SELECT "events"."at", "events"."ended", "events"."local", "events"."day", "events"."clock"
        FROM "events"
        WHERE "events"."id" = ?1"#)
    .gives(
        1,
        [Shown(
            r#"{"at": Timestamp(2026-01-15T08:30:15.250Z), "ended": Timestamp(2026-01-15T10:00:00Z), "local": DateTime(2026-01-15T09:30:15.250), "day": Date(2026-01-15), "clock": Time(08:30:15.250)}"#,
        )],
    )
    .again(
        2,
        [Shown(
            r#"{"at": Timestamp(2026-02-28T23:59:59.999999Z), "ended": Null, "local": DateTime(2026-03-01T00:59:59.999999), "day": Date(2026-02-28), "clock": Time(23:59:59.999999)}"#,
        )],
    );
    query(|id: i64| {
        Number::query()
            .filter(|e| e.id.eq(id))
            .try_select_list(|e| Named::of(e).select(["small", "int", "big", "real", "exact", "flag"]))
            .unwrap()
    })
    .postgres(
        r#"SELECT "numbers"."small", "numbers"."int", "numbers"."big", "numbers"."real", "numbers"."exact",
        "numbers"."flag" FROM "numbers" WHERE "numbers"."id" = $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`small`, `numbers`.`int`, `numbers`.`big`, `numbers`.`real`, `numbers`.`exact`,
        `numbers`.`flag` FROM `numbers` WHERE `numbers`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT "numbers"."small", "numbers"."int", "numbers"."big", "numbers"."real", "numbers"."exact",
        "numbers"."flag" FROM "numbers" WHERE "numbers"."id" = ?1"#,
    )
    .gives(
        1,
        [Shown(
            r#"{"small": I16(7), "int": I32(10), "big": I64(9000000000), "real": F64(1.5), "exact": Decimal(10.25), "flag": Bool(true)}"#,
        )],
    )
    .again(
        2,
        [Shown(
            r#"{"small": I16(-7), "int": Null, "big": I64(2), "real": F64(-2.5), "exact": Null, "flag": Null}"#,
        )],
    );
}

#[test]
fn a_query_of_named_rows_is_counted_and_found() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Db::<Sqlite>::connect("sqlite::memory:").await.unwrap();
        relvar_sql_tests::schema::create(&db).await.unwrap();
        let columns = |fields: &str| {
            let fields: Vec<String> = fields.split(',').map(str::to_owned).collect();
            User::query()
                .order_by(|u| u.id.asc())
                .try_select_list(|u| Named::of(u).select(fields.iter().map(|field| field.as_str())))
        };
        let query = columns("id,name,active").unwrap().distinct();
        assert_eq!(query.clone().count(&db).await.unwrap(), 4);
        assert!(query.clone().exists(&db).await.unwrap());
        let first: NamedRow = query.first(&db).await.unwrap().unwrap();
        assert_eq!(serde_json::to_string(&first).unwrap(), r#"{"id":1,"name":"Ann","active":true}"#);
        assert_eq!(first.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["id", "name", "active"]);
        let thread = Thread::query()
            .order_by(|t| t.id.asc())
            .try_select_list(|t| Named::of(t).select(["metadata", "created_at", "note"]))
            .unwrap();
        let row = thread.first(&db).await.unwrap().unwrap();
        let json: serde_json::Value = serde_json::to_value(&row).unwrap();
        assert!(json["metadata"].is_object(), "{json}");
        assert!(json["created_at"].as_str().unwrap().ends_with('Z'), "{json}");
    });
}

/// What somebody sends who is up to no good: none of it is a name.
const HOSTILE: [&str; 12] = [
    "id; DROP TABLE users; --",
    "id\"",
    "id`",
    "\"id\"",
    "users.id",
    "id desc",
    "id,(select 1)",
    "id--",
    "*",
    "",
    "id\0",
    "ID",
];

#[test]
fn a_name_that_there_is_not_is_an_error_that_names_similar_ones() {
    let order = |text: &str| User::query().try_order_by(|u| Named::of(u).order(text)).map(|_| ());
    let filter =
        |name: &str| User::query().try_filter(|u| Named::of(u).compare(name, Comparison::Equal, "1")).map(|_| ());
    let select = |name: &str| User::query().try_select_list(|u| Named::of(u).select([name])).map(|_| ());
    for name in HOSTILE {
        assert!(matches!(filter(name), Err(NameError::Unknown { .. })), "{name:?}");
        assert!(matches!(select(name), Err(NameError::Unknown { .. })), "{name:?}");
        assert!(name.is_empty() || matches!(order(name), Err(NameError::Unknown { .. })), "{name:?}");
    }
    assert!(matches!(order("id,,name"), Err(NameError::Unknown { .. })));
    assert!(matches!(order("--id"), Err(NameError::Unknown { .. })));
    assert!(order(" ").is_ok());
    let says = |error: NameError| error.to_string();
    assert_eq!(says(order("-nam").unwrap_err()), "there is no `nam`: did you mean `name`?");
    assert_eq!(says(filter("emial").unwrap_err()), "there is no `emial`: did you mean `email`?");
    assert_eq!(says(filter("zzz\u{1b}[2J").unwrap_err()), "there is no `zzz\\u{1b}[2J`");
    assert_eq!(says(order("id,name,-id").unwrap_err()), "`id` is named twice");
    assert_eq!(says(filter(&"x".repeat(100_000)).unwrap_err()), format!("there is no `{}`", "x".repeat(64)));
    assert_eq!(says("gtee".parse::<Comparison>().unwrap_err()), "there is no `gtee`: did you mean `gte` or `lte`?");
    let nothing = User::query().try_select_list(|u| Named::of(u).select([]));
    assert_eq!(says(nothing.map(|_| ()).unwrap_err()), "no column is named");
}

#[test]
fn a_name_that_is_not_allowed_is_one_that_there_is_not() {
    let order = |text: &str| User::query().try_order_by(|u| Named::of(u).only(["id", "name"]).order(text)).map(|_| ());
    assert!(order("-name,id").is_ok());
    assert_eq!(order("email").unwrap_err().to_string(), "there is no `email`");
    assert_eq!(order("emai").unwrap_err().to_string(), "there is no `emai`");
}

#[test]
fn a_value_of_another_type_is_an_error_that_does_not_show_it() {
    let event = |name: &str, text: &str| {
        Event::query().try_filter(|e| Named::of(e).compare(name, Comparison::Equal, text)).map(|_| ()).unwrap_err()
    };
    for (name, text, wanted) in [
        ("id", "secret", "the value for `id` must be an integer of 64 bits"),
        ("id", "9223372036854775808", "the value for `id` must be an integer of 64 bits"),
        ("id", "1 OR 1=1", "the value for `id` must be an integer of 64 bits"),
        ("at", "secret", "the value for `at` must be a point in time, `2026-01-31T12:30:00Z`"),
        ("day", "2026-02-30", "the value for `day` must be a date, `2026-01-31`"),
        ("clock", "25:00:00", "the value for `clock` must be a time, `12:30:00`"),
        ("local", "now", "the value for `local` must be a date and time, `2026-01-31T12:30:00`"),
    ] {
        assert_eq!(event(name, text).to_string(), wanted);
        assert!(!format!("{:?}", event(name, text)).contains("secret"));
    }
    let seat = |name: &str, comparison, text: &str| {
        Seat::query().try_filter(|s| Named::of(s).compare(name, comparison, text)).map(|_| ())
    };
    assert!(seat("kind", Comparison::Equal, "aisle").is_ok());
    let says = |result: Result<(), NameError>| result.unwrap_err().to_string();
    assert_eq!(
        says(seat("kind", Comparison::Equal, "x")),
        "the value for `kind` must be one of the labels of its enum"
    );
    assert_eq!(says(seat("kind", Comparison::Less, "aisle")), "`kind` has no order");
    assert_eq!(says(seat("gone", Comparison::Equal, "1")), "the value for `gone` must be `true` or `false`");
    assert_eq!(says(seat("number", Comparison::Contains, "1")), "`number` is not text");
    assert_eq!(
        says(seat("room", Comparison::Equal, "a\0b")),
        "the value for `room` must be text without a NUL character"
    );

    let number = |name: &str, order: bool| {
        Number::query().try_order_by(|n| if order { Named::of(n).order(name) } else { Ok(Vec::new()) }).map(|_| ())
    };
    assert_eq!(says(number("exact", true)), "`exact` has no order");
    assert!(Amount::query().try_order_by(|a| Named::of(a).order("exact")).is_ok());
    assert_eq!(
        says(Thread::query().try_filter(|t| Named::of(t).compare("metadata", Comparison::Equal, "{}")).map(|_| ())),
        "the value for `metadata` must be compared with nothing by name: its type has no text form here"
    );
    assert_eq!(
        says(Number::query().try_filter(|n| Named::of(n).compare("real", Comparison::Equal, "NaN")).map(|_| ())),
        "the value for `real` must be a finite number"
    );
}
