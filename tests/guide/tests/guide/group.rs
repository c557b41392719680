//! GROUP BY and aggregates.

use relvar_guide_tests::prelude::*;
use std::collections::BTreeMap;

#[test]
fn group_by() {
    query(|| {
        // sample: group_by
        Book::query()
            .group_by(|b| b.author_id)
            .having(|_, g| g.count().gt(1))
            .order_by(|author, g| (g.count().desc(), author.asc()))
            .select(|author, g| (author, g.count(), g.min(|b| b.published), g.sum(|b| b.price)))
    })
    .gives([
        (1, 2, Some("1971-03-15".parse::<NaiveDate>().unwrap()), Some(2190)),
        (2, 2, Some("1961-06-01".parse().unwrap()), Some(2200)),
    ]);
}

#[test]
fn group_by_several() {
    query(|| {
        // sample: group_by_several
        Customer::query()
            .left_join(Order::table(), |c, o| o.customer_id.eq(c.id))
            .group_by(|(c, _)| (c.id, c.name))
            .order_by(|(id, _), _| id.asc())
            .select(|(_, name), g| (name, g.count_of(|(_, o)| o.id), g.max(|(_, o)| o.placed_at)))
    })
    .gives([
        ("Ann", 2, Some(at("2026-02-01T12:00:00Z"))),
        ("Bob", 1, Some(at("2026-02-10T23:15:00Z"))),
        ("Eve", 1, Some(at("2026-03-01T00:00:00Z"))),
        ("Dan", 0, None),
    ]);
}

#[test]
fn aggregates() {
    query(|| {
        // sample: aggregates
        Book::query().aggregate(|g| {
            (g.count(), g.count_of(|b| b.pages), g.count_distinct(|b| b.genre), g.avg(|b| b.price), g.max(|b| b.pages))
        })
    })
    .gives([(6, 5, 3, Some(5980.0 / 6.0), Some(341))]);
}

#[test]
fn aggregate_filter() {
    query(|| {
        // sample: aggregate_filter
        Book::query().aggregate(|g| {
            let novels = g.filter(|b| b.genre.eq("novel"));
            (g.count(), novels.count(), novels.sum(|b| b.price))
        })
    })
    .also(Engine::MySql)
    .gives([(6, 3, Some(3240))]);
}

#[test]
fn rollup() {
    query(|| {
        // sample: rollup
        Book::query()
            .only_on::<(Postgres, MySql)>()
            .filter(|b| b.author_id.lte(2))
            .group_by_rollup(|b| (b.author_id, b.genre))
            .order_by(|(author, genre), g| (g.grouping((author, genre)).asc(), author.asc(), genre.asc()))
            .select(|(author, genre), g| (author, genre, g.count()))
    })
    .also(Engine::MySql)
    .gives([
        (Some(1), Some("novel"), 2),
        (Some(2), Some("novel"), 1),
        (Some(2), Some("stories"), 1),
        (Some(1), None, 2),
        (Some(2), None, 2),
        (None, None, 4),
    ]);
}

#[test]
fn cube() {
    query(|| {
        // sample: cube
        Book::query()
            .only_on::<Postgres>()
            .filter(|b| b.author_id.eq(2))
            .group_by_cube(|b| (b.author_id, b.genre))
            .select(|(author, genre), g| (author, genre, g.count()))
    })
    .gives([
        (Some(2), Some("novel"), 1),
        (Some(2), Some("stories"), 1),
        (Some(2), None, 2),
        (None, Some("novel"), 1),
        (None, Some("stories"), 1),
        (None, None, 2),
    ]);
}

#[test]
fn grouping_sets() {
    query(|| {
        // sample: grouping_sets
        Book::query()
            .only_on::<Postgres>()
            .filter(|b| b.author_id.eq(2))
            .group_by_sets(|b| (b.author_id, b.genre), |(author, genre), sets| sets.of(author).of(genre).total())
            .select(|(author, genre), g| (author, genre, g.count()))
    })
    .gives([(Some(2), None, 2), (None, Some("novel"), 1), (None, Some("stories"), 1), (None, None, 2)]);
}

#[test]
fn ordered_set() {
    query(|| {
        // sample: ordered_set
        Book::query().only_on::<Postgres>().aggregate(|g| {
            (g.percentile_cont(0.5, |b| b.price), g.percentile_disc(0.5, |b| b.title), g.mode(|b| b.genre))
        })
    })
    .gives([(Some(1020.0), Some("Solaris"), Some("novel"))]);
}

#[test]
fn string_agg() {
    query(|| {
        // sample: string_agg
        Book::query()
            .group_by(|b| b.author_id)
            .order_by(|author, _| author.asc())
            .select(|author, g| (author, g.order_by(|b| b.title.asc()).string_agg(|b| b.title, "; ")))
    })
    .also(Engine::MySql)
    .gives([
        (1, Some("The Dispossessed; The Lathe of Heaven")),
        (2, Some("Solaris; The Cyberiad")),
        (3, Some("Ficciones")),
        (4, Some("Beowulf")),
    ]);
}

#[test]
fn array_agg() {
    query(|| {
        // sample: array_agg
        Book::query().only_on::<Postgres>().aggregate(|g| g.distinct().ascending().array_agg(|b| b.genre))
    })
    .gives([Some(["novel", "poem", "stories"])]);
}

#[test]
fn array_agg_nullable() {
    query(|| {
        // sample: array_agg_nullable
        Customer::query().only_on::<Postgres>().aggregate(|g| g.order_by(|c| c.id.asc()).array_agg(|c| c.city))
    })
    .gives([Some([Some("Berlin"), None, Some("Paris"), Some("Berlin")])]);
}

#[test]
fn json_agg() {
    query(|| {
        // sample: json_agg
        Stock::query()
            .filter(|s| s.amount.gt(4))
            .aggregate(|g| (g.json_agg(|s| s.shelf), g.json_object_agg(|s| s.book_id.cast::<String>(), |s| s.amount)))
    })
    .also(Engine::MySql)
    .also(Engine::MariaDb)
    .also(Engine::Sqlite)
    .gives([(Some(Json(["B2", "B2"])), Some(Json(BTreeMap::from([("3", 5), ("5", 9)]))))]);
}

#[test]
fn bool_aggregates() {
    query(|| {
        // sample: bool_aggregates
        Stock::query()
            .group_by(|s| s.shelf)
            .order_by(|shelf, _| shelf.asc())
            .select(|shelf, g| (shelf, g.every(|s| s.amount.gt(0)), g.some(|s| s.amount.gt(5))))
    })
    .also(Engine::Sqlite)
    .gives([("A1", Some(false), Some(false)), ("B2", Some(true), Some(true))]);
}

#[test]
fn statistics() {
    query(|| {
        // sample: statistics
        Stock::query()
            .only_on::<(Postgres, MySql, MariaDb)>()
            .filter(|s| s.shelf.eq("B2"))
            .aggregate(|g| (g.stddev_pop(|s| s.amount), g.var_samp(|s| s.amount)))
    })
    .gives([(Some(2.0), Some(8.0))]);
}
