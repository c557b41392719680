//! Ranges and network addresses: every form of a bound, there and back, and their operators.

use relvar_sql_tests::prelude::*;
use std::ops::Bound::{Excluded, Included};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[test]
fn ranges_of_every_type_are_read() {
    query(|id: i64| {
        Stay::query().filter(|s| s.id.eq(id)).select(|s| (s.nights, s.during, s.floors, s.ids, s.price, s.clock))
    })
    .postgres(
        r#"SELECT "stays"."nights", "stays"."during", "stays"."floors", "stays"."ids", "stays"."price",
        "stays"."clock"
        FROM "stays"
        WHERE "stays"."id" = $1"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        1,
        [(
            Range::from(date("2026-01-01")..date("2026-01-05")),
            Some(Range::from(at("2026-01-01T12:00:00Z")..at("2026-01-05T10:00:00Z"))),
            Range::from(1..4),
            Range::from(10i64..20),
            Range::from((Excluded(decimal("10.5")), Included(decimal("20.25")))),
            Range::from(local("2026-01-01T08:00:00")..),
        )],
    )
    .again(
        2,
        [(
            Range::from(date("2026-01-05")..date("2026-01-09")),
            None::<Range<DateTime<Utc>>>,
            Range::<i32>::Empty,
            Range::<i64>::from(..),
            Range::from(decimal("5")..=decimal("5")),
            Range::from(..=local("2026-01-01T08:00:00")),
        )],
    );
}

#[test]
fn ranges_are_bound() {
    query(|price: Range<Decimal>| Stay::query().filter(|s| s.price.eq(price)).select(|s| (s.id, value(price))))
        .postgres(
            r#"SELECT "stays"."id", CAST($1 AS numrange) FROM "stays" WHERE "stays"."price" = CAST($2 AS numrange)"#,
        )
        .mysql_and_mariadb(DoesNotCompile)
        .sqlite(DoesNotCompile)
        .gives(
            Range::from((Excluded(decimal("10.5")), Included(decimal("20.25")))),
            [(1, Range::from((Excluded(decimal("10.5")), Included(decimal("20.25")))))],
        )
        .again(Range::from(decimal("10.5")..), [(3, Range::from(decimal("10.5")..))]);
}

#[test]
fn empty_and_unbounded_ranges_are_bound() {
    query(|(floors, clock): (Range<i32>, Range<NaiveDateTime>)| {
        Stay::query().filter(|s| s.floors.eq(floors) | s.clock.eq(clock)).order_by(|s| s.id.asc()).select(|s| s.id)
    })
    .postgres(
        r#"SELECT "stays"."id"
        FROM "stays"
        WHERE "stays"."floors" = CAST($1 AS int4range) OR "stays"."clock" = CAST($2 AS tsrange)
        ORDER BY "stays"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((Range::from(1..=3), Range::Empty), [1, 3])
    .again((Range::Empty, Range::from(..=local("2026-01-01T08:00:00"))), [2]);
}

#[test]
fn what_lies_in_a_range() {
    query(|(day, id): (NaiveDate, i64)| {
        Stay::query()
            .order_by(|s| s.id.asc())
            .select(|s| (s.nights.includes(day), s.ids.includes(id), s.during.includes(at("2026-01-05T10:00:00Z"))))
    })
    .postgres(
        r#"SELECT "stays"."nights" @> $1, "stays"."ids" @> $2, "stays"."during" @> $3
        FROM "stays"
        ORDER BY "stays"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        (date("2026-01-05"), 19),
        [(Some(false), Some(true), Some(false)), (Some(true), Some(true), None), (Some(true), Some(false), Some(true))],
    )
    .again(
        (date("2026-01-04"), 20),
        [(Some(true), Some(false), Some(false)), (Some(false), Some(true), None), (Some(true), Some(true), Some(true))],
    );
}

#[test]
fn how_ranges_lie_to_each_other() {
    query(|nights: Range<NaiveDate>| {
        Stay::query().order_by(|s| s.id.asc()).select(|s| {
            (
                (s.nights.overlaps_range(nights), s.nights.adjacent_to(nights), s.nights.includes_range(nights)),
                (s.nights.lies_within(nights), s.nights.lies_before(nights), s.nights.lies_after(nights)),
                s.nights.intersection(nights),
            )
        })
    })
    .postgres(
        r#"SELECT "stays"."nights" && CAST($1 AS daterange), "stays"."nights" -|- CAST($2 AS daterange),
        "stays"."nights" @> CAST($3 AS daterange), "stays"."nights" <@ CAST($4 AS daterange),
        "stays"."nights" << CAST($5 AS daterange), "stays"."nights" >> CAST($6 AS daterange),
        (("stays"."nights") * (CAST($7 AS daterange)))
        FROM "stays"
        ORDER BY "stays"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        Range::from(date("2026-01-05")..=date("2026-01-06")),
        [
            ((Some(false), Some(true), Some(false)), (Some(false), Some(true), Some(false)), Range::Empty),
            (
                (Some(true), Some(false), Some(true)),
                (Some(false), Some(false), Some(false)),
                Range::from(date("2026-01-05")..date("2026-01-07")),
            ),
            (
                (Some(true), Some(false), Some(true)),
                (Some(false), Some(false), Some(false)),
                Range::from(date("2026-01-05")..date("2026-01-07")),
            ),
        ],
    )
    .again(
        Range::from(..date("2026-01-01")),
        [
            ((Some(false), Some(true), Some(false)), (Some(false), Some(false), Some(true)), Range::<NaiveDate>::Empty),
            (
                (Some(false), Some(false), Some(false)),
                (Some(false), Some(false), Some(true)),
                Range::<NaiveDate>::Empty,
            ),
            (
                (Some(false), Some(false), Some(false)),
                (Some(false), Some(false), Some(true)),
                Range::<NaiveDate>::Empty,
            ),
        ],
    );
}

#[test]
fn the_bounds_of_a_range() {
    query(|id: i64| {
        Stay::query().filter(|s| s.id.eq(id)).select(|s| {
            (
                s.floors.lower_bound(),
                s.floors.upper_bound(),
                s.floors.is_empty_range(),
                s.price.lower_included(),
                s.price.upper_included(),
                s.during.upper_included(),
            )
        })
    })
    .postgres(
        r#"SELECT lower("stays"."floors"), upper("stays"."floors"), isempty("stays"."floors"),
        lower_inc("stays"."price"), upper_inc("stays"."price"), upper_inc("stays"."during")
        FROM "stays"
        WHERE "stays"."id" = $1"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [(Some(1), Some(4), false, false, true, Some(false))])
    .again(2, [(None::<i32>, None::<i32>, true, true, true, None::<bool>)]);
}

#[test]
fn network_addresses() {
    let inet = |text: &str, prefix| Inet::new(text.parse().unwrap(), prefix);
    query(|network: Inet| {
        Stay::query().filter(|s| s.address.in_network(network)).select(|s| {
            (
                s.address,
                s.address.inside_network(network),
                s.address.network(),
                s.address.host(),
                s.address.prefix_length(),
                s.address.has_network(network),
            )
        })
    })
    .postgres(
        r#"SELECT "stays"."address", "stays"."address" << CAST($1 AS inet), CAST(network("stays"."address") AS
        inet), host("stays"."address"), masklen("stays"."address"), "stays"."address" >>= CAST($2 AS inet)
        FROM "stays"
        WHERE "stays"."address" <<= CAST($3 AS inet)"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        inet("192.168.0.0", 16),
        [(
            Some(inet("192.168.0.17", 24)),
            Some(true),
            Some(inet("192.168.0.0", 24)),
            Some("192.168.0.17"),
            Some(24),
            Some(false),
        )],
    )
    .again(
        inet("2001:db8::1", 128),
        [(
            Some(inet("2001:db8::1", 128)),
            Some(false),
            Some(inet("2001:db8::1", 128)),
            Some("2001:db8::1"),
            Some(128),
            Some(true),
        )],
    );
}

#[test]
fn a_range_of_columns() {
    query(|from: DateTime<Utc>| {
        Moment::query().filter(|m| range_of(m.at, m.ended).includes(from)).order_by(|m| m.id.asc()).select(|m| {
            let range = range_of(m.at, m.ended);
            (m.id, range.clone().has_no_upper(), range.has_no_lower(), range_of(m.day, m.day.add_days(2)).upper_bound())
        })
    })
    .postgres(
        r#"SELECT "events"."id", upper_inf(tstzrange("events"."at", "events"."ended")),
        lower_inf(tstzrange("events"."at", "events"."ended")), upper(daterange("events"."day", (("events"."day")
        + ($1))))
        FROM "events"
        WHERE tstzrange("events"."at", "events"."ended") @> $2
        ORDER BY "events"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(at("2026-01-15T09:00:00Z"), [(1, false, false, Some("2026-01-17".parse::<NaiveDate>().unwrap()))])
    .again(at("2027-01-01T00:00:00Z"), [(2, true, false, Some("2026-03-02".parse::<NaiveDate>().unwrap()))]);
}

#[test]
fn ranges_of_numbers_and_what_lies_between() {
    query(|add: i32| {
        Stay::query().filter(|s| s.id.eq(1)).select(|s| {
            (
                range_of(s.id, s.id + 2),
                s.floors.merged_with(Range::from(7..7 + add)),
                range_of(value(add).only_on::<Postgres>(), 9).is_empty_range(),
            )
        })
    })
    .postgres(
        r#"SELECT int8range("stays"."id", "stays"."id" + $1), range_merge("stays"."floors", CAST($2 AS int4range)),
        isempty(int4range($3, $4))
        FROM "stays"
        WHERE "stays"."id" = $5"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [(Range::from(1..3i64), Range::from(1..8), false)])
    .again(2, [(Range::from(1..3i64), Range::from(1..9), false)]);
}
