//! The cache is right: of two queries that differ in one place, each gets the SQL and the values that fresh rendering
//! gives it, and the rows that a model of the data gives; and what differs in values only is never built again.

mod model;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use relvar::query::compile::{Bindings, ShapeCache, render};
use relvar::query::dialect::{Engine, Target};
use relvar::query::ir::{Bound, Statement as Ir};
use relvar::{Database, Options};
use relvar_sql_tests::prelude::*;
use relvar_sql_tests::{postgres_schema, schema};
use relvar_test_support::{mariadb, mysql};
use std::cell::RefCell;
use std::collections::HashSet;

use model::{Question, pair};

/// The same queries every time, so that what fails once fails again.
fn check(cases: u32, seed: u64, test: impl Fn((Question, Question)) -> Result<(), TestCaseError>) {
    let config = Config { cases, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&pair(), test).unwrap_or_else(|failure| panic!("{failure}"));
}

/// What placeholders are bound to.
fn bound(bindings: &Bindings<'_>) -> Vec<String> {
    let shown = |bound| match bound {
        Bound::Value(value, ty) => format!("{value:?} as {ty:?}"),
        Bound::Array(values, ty) => format!("{values:?} as {ty:?}[]"),
        Bound::Text(text, ty) => format!("{text:?} as {ty:?}"),
        Bound::Texts(texts, ty) => format!("{:?} as {ty:?}[]", texts.iter().collect::<Vec<_>>()),
    };
    bindings.iter().map(shown).collect()
}

/// Asks `cache` for a statement, and compares with what an empty cache and rendering say. Returns whether it was a hit.
fn asked(cache: &ShapeCache, statement: &Ir) -> Result<bool, TestCaseError> {
    let found = cache.get(statement).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let empty = ShapeCache::with_capacity(cache.target(), 0);
    let fresh = empty.get(statement).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert!(!fresh.hit);
    let rendered = render(statement, cache.target()).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&**found.compiled, &rendered);
    prop_assert_eq!(&**fresh.compiled, &rendered);
    prop_assert_eq!(bound(&found), bound(&fresh));
    Ok(found.hit)
}

#[test]
fn cached_text_is_rendered_text() {
    let targets = [Engine::Postgres, Engine::MySql, Engine::MariaDb, Engine::Sqlite].map(Target::oldest);
    let caches = targets.map(|target| ShapeCache::with_capacity(target, 64 << 20));
    // one in which nearly everything is thrown out again
    let narrow = ShapeCache::with_capacity(Target::oldest(Engine::Sqlite), 4 << 10);
    let seen: RefCell<HashSet<(usize, String)>> = RefCell::default();
    check(2_000, 1, |(one, two)| {
        for (number, cache) in caches.iter().enumerate() {
            for question in [&one, &two, &one] {
                let shape = question.shape(cache.target().engine.syntax().lists);
                let hit = asked(cache, &question.statement())?;
                prop_assert_eq!(hit, !seen.borrow_mut().insert((number, shape)), "whether it was built before");
            }
        }
        for question in [&one, &two, &one] {
            asked(&narrow, &question.statement())?;
        }
        Ok(())
    });
    assert!(seen.borrow().len() > 1_000, "there are too few shapes to mix up: {}", seen.borrow().len());
    for cache in &caches {
        assert!(cache.hits() > 2_000 && cache.misses() > 100, "{} hits, {} misses", cache.hits(), cache.misses());
    }
    assert!(narrow.misses() > caches[3].misses(), "nothing was thrown out");
}

/// The rows that two databases give, one with a cache and one that builds every statement, and those of the model.
fn rows_are_right<D: Database>(cases: u32, seed: u64, url: &str, other: &str)
where
    (Postgres, MySql, MariaDb, Sqlite): relvar::query::dialect::RunsOn<D>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (cached, building) = runtime.block_on(async {
        let cached = Db::<D>::connect(url).await.unwrap();
        let building = Db::<D>::connect_with(other, Options::new().cache_bytes(0)).await.unwrap();
        schema::create(&cached).await.unwrap();
        if url != other || url.contains(":memory:") {
            schema::create(&building).await.unwrap();
        }
        (cached, building)
    });
    check(cases, seed, |(one, two)| {
        for question in [&one, &two, &one] {
            let (found, built) = runtime.block_on(async {
                (question.query().all(&cached).await.unwrap(), question.query().all(&building).await.unwrap())
            });
            prop_assert_eq!(&found, &built);
            prop_assert_eq!(found, question.answer());
        }
        Ok(())
    });
    assert_eq!(building.metrics().cache_hits, 0);
    assert!(cached.metrics().cache_hits > u64::from(cases));
    runtime.block_on(async {
        cached.close().await;
        building.close().await;
    });
}

#[test]
fn cached_statements_give_the_right_rows_on_sqlite() {
    rows_are_right::<Sqlite>(2_000, 2, "sqlite::memory:", "sqlite::memory:");
}

#[test]
fn cached_statements_give_the_right_rows_on_postgresql() {
    if let Some(schema) = postgres_schema() {
        rows_are_right::<Postgres>(300, 3, &schema.url(), &schema.url());
    }
}

#[test]
fn cached_statements_give_the_right_rows_on_mysql() {
    if let Some(database) = mysql().map(|server| server.database()) {
        rows_are_right::<MySql>(300, 4, database.url(), database.url());
    }
}

#[test]
fn cached_statements_give_the_right_rows_on_mariadb() {
    if let Some(database) = mariadb().map(|server| server.database()) {
        rows_are_right::<MariaDb>(300, 5, database.url(), database.url());
    }
}
