//! Dates, times and intervals.

use relvar_guide_tests::prelude::*;

#[test]
fn intervals() {
    query(|| {
        // sample: intervals
        Order::query()
            .filter(|o| o.placed_at.lt(now() + Interval::days(365)))
            .filter(|o| (o.shipped_at - Interval::hours(30)).gt(o.placed_at))
            .select(|o| o.id)
    })
    .also(Engine::MySql)
    .gives([3]);
}

#[test]
fn iso_text() {
    query(|| {
        // sample: iso_text
        Order::query().filter(|o| o.id.eq(1)).select(|o| (o.placed_at.iso_text(), o.placed_at.date().iso_text()))
    })
    .also(Engine::MySql)
    .gives([("2026-01-15T08:30:00.000000Z", "2026-01-15")]);
}

#[test]
fn date_parts() {
    query(|| {
        // sample: date_parts
        Order::query().filter(|o| o.id.eq(1)).select(|o| {
            (
                o.placed_at.year(),
                o.placed_at.month(),
                o.placed_at.day_of_week(),
                o.placed_at.date(),
                o.shipped_at.hour(),
            )
        })
    })
    .also(Engine::MySql)
    .gives([(2026, 1, 4, "2026-01-15".parse::<NaiveDate>().unwrap(), Some(10))]);
}

#[test]
fn truncate() {
    query(|| {
        // sample: truncate
        Order::query()
            .group_by(|o| o.placed_at.truncate_to_month())
            .order_by(|month, _| month.asc())
            .select(|month, g| (month, g.count()))
    })
    .also(Engine::MySql)
    .gives([(at("2026-01-01T00:00:00Z"), 1), (at("2026-02-01T00:00:00Z"), 2), (at("2026-03-01T00:00:00Z"), 1)]);
}

#[test]
fn calendar() {
    let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
    let published = day("1961-06-02");
    query(|| {
        // sample: calendar
        Book::query().filter(|b| b.published.add_days(1).eq(published)).select(|b| {
            (
                b.published.add_months(2),
                b.published.days_since(make_date(b.published.year(), 1, 1)),
                current_date().gt(b.published),
            )
        })
    })
    .gives([(day("1961-08-01"), Some(151), Some(true))]);
}

#[test]
fn time_zone() {
    query(|| {
        // sample: time_zone
        Order::query()
            .only_on::<Postgres>()
            .filter(|o| o.id.gt(2))
            .order_by(|o| o.id.asc())
            .select(|o| (o.id, o.placed_at.only_on::<Postgres>().at_time_zone("Europe/Berlin")))
    })
    .gives([(3, "2026-02-11T00:15:00".parse::<NaiveDateTime>().unwrap()), (4, "2026-03-01T01:00:00".parse().unwrap())]);
}

#[test]
fn age() {
    query(|| {
        // sample: age
        Order::query()
            .only_on::<Postgres>()
            .filter(|o| o.shipped_at.is_not_null())
            .order_by(|o| o.id.asc())
            .select(|o| (o.id, o.shipped_at.only_on::<Postgres>().age_since(o.placed_at)))
    })
    .gives([
        (1, Some(Age { months: 0, days: 1, micros: 5_400_000_000 })),
        (3, Some(Age { months: 0, days: 1, micros: 36_900_000_000 })),
    ]);
}

#[test]
fn since() {
    query(|| {
        // sample: since
        Order::query()
            .filter(|o| o.id.eq(1))
            .select(|o| (o.shipped_at.seconds_since(o.placed_at), o.shipped_at.months_since(o.placed_at)))
    })
    .gives([(Some(91_800.0), Some(0))]);
}

#[test]
fn more_parts() {
    query(|| {
        // sample: more_parts
        Order::query().filter(|o| o.id.eq(1)).select(|o| {
            let at = o.placed_at;
            (
                (at.quarter(), at.iso_week(), at.iso_week_year()),
                (at.day(), at.day_of_year()),
                (at.minute(), at.second()),
            )
        })
    })
    .gives([((1, 3, 2026), (15, 15), (30, 0))]);
}

#[test]
fn truncations() {
    query(|| {
        // sample: truncations
        Order::query().filter(|o| o.id.eq(3)).select(|o| {
            let at = o.placed_at;
            (
                (at.truncate_to_year(), at.truncate_to_quarter(), at.truncate_to_week()),
                (at.truncate_to_day(), at.truncate_to_hour(), at.truncate_to_minute(), at.truncate_to_second()),
            )
        })
    })
    .gives([(
        (at("2026-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"), at("2026-02-09T00:00:00Z")),
        (
            at("2026-02-10T00:00:00Z"),
            at("2026-02-10T23:00:00Z"),
            at("2026-02-10T23:15:00Z"),
            at("2026-02-10T23:15:00Z"),
        ),
    )]);
}

#[test]
fn moments() {
    query(|| {
        // sample: moments
        Book::query().filter(|b| b.id.eq(3)).select(|b| {
            let midnight = b.published.at_midnight().and_utc();
            (
                b.published.at_time(NaiveTime::MIN).eq(midnight.clone().naive_utc()),
                from_epoch_micros(midnight.epoch_micros()) + Interval::minutes(90),
            )
        })
    })
    .gives([(Some(true), at("1961-06-01T01:30:00Z"))]);
}
