//! Building: from a query written down to its text and the values that it binds.

use relvar::prelude::*;
use relvar::query::compile::{ShapeCache, Template};
use relvar::query::dialect::{Engine, Target};
use relvar::query::expr::{BindTo, Params};
use relvar::query::ir;
use relvar::query::value::Value;
use std::hint::black_box;

use crate::allocations;
use crate::tables::{Comment, Thread, User};

/// Of a query with two conditions, and of a join of three tables.
const SIMPLE: u64 = 2;
const JOINED: u64 = 5;

const ENGINES: [Engine; 4] = [Engine::Postgres, Engine::MySql, Engine::MariaDb, Engine::Sqlite];

fn simple(id: i64, age: i32) -> ir::Statement {
    User::query().filter(|u| u.id.gt(id)).filter(|u| u.age.lt(age)).into_ir()
}

fn joined(user: i64, thread: i64, limit: u64) -> ir::Statement {
    Comment::query()
        .join(Thread::table(), |c, t| c.thread_id.eq(t.id))
        .join(User::table(), |(_, t), u| t.user_id.eq(u.id))
        .filter(|(_, t, u)| u.id.eq(user) & t.id.gt(thread))
        .order_by(|(c, _, _)| c.id.desc())
        .select(|(c, t, u)| (c.body, t.title, u.name))
        .limit(limit)
        .into_ir()
}

/// How many allocations it takes to build a statement whose text is known, and to collect its arguments.
fn on_a_hit(cache: &ShapeCache, build: impl Fn(i64) -> ir::Statement) -> u64 {
    let run = |n: i64| {
        let statement = build(n);
        let bindings = cache.get(&statement).unwrap();
        let bound: Vec<ir::Bound<'_>> = bindings.iter().collect();
        black_box(bound.len());
        bindings.hit
    };
    assert!(!run(1), "the first run has no text yet");
    let mut hit = false;
    let count = allocations(|| hit = run(2));
    assert!(hit, "the second run has its text");
    count
}

#[test]
fn a_simple_query_on_a_hit() {
    for engine in ENGINES {
        let cache = ShapeCache::new(Target::oldest(engine));
        let count = on_a_hit(&cache, |n| simple(n, 40));
        assert!(count <= SIMPLE, "{}: {count} allocations", engine.name());
    }
}

#[test]
fn a_join_of_three_tables_on_a_hit() {
    for engine in ENGINES {
        let cache = ShapeCache::new(Target::oldest(engine));
        let count = on_a_hit(&cache, |n| joined(n, 7, 10));
        assert!(count <= JOINED, "{}: {count} allocations", engine.name());
    }
}

/// How many allocations it takes to bind values to a prepared statement whose text is known.
fn prepared<P: Params, V: BindTo<P> + Clone>(cache: &ShapeCache, template: &Template, values: V) -> u64 {
    let run = |values: V| {
        let values = values.bind_to(Value::Null);
        let bindings = cache.prepared(template, values.as_ref()).unwrap();
        assert_eq!(bindings.iter().map(black_box).count(), bindings.len());
        bindings.hit
    };
    assert!(!run(values.clone()), "the first run has no text yet");
    let mut hit = false;
    let count = allocations(|| hit = run(values));
    assert!(hit, "the second run has its text");
    count
}

#[test]
fn a_prepared_query_allocates_nothing() {
    type P = (Param<i64>, Param<Option<i32>>, Param<i64>);
    let (id, age, limit) = P::fresh();
    let query = Comment::query()
        .join(Thread::table(), |c, t| c.thread_id.eq(t.id))
        .join(User::table(), |(_, t), u| t.user_id.eq(u.id))
        .filter(|(_, _, u)| u.id.eq(id) & u.age.is_not_distinct_from(age) & u.name.ne("nobody"))
        .select(|(c, t, u)| (c.body, t.title, u.name))
        .limit(limit);
    let template = Template::new(query.into_ir());
    for engine in ENGINES {
        let cache = ShapeCache::new(Target::oldest(engine));
        assert_eq!(prepared::<P, _>(&cache, &template, (1i64, Some(31), 10i64)), 0, "{}", engine.name());
    }
}

#[test]
fn a_prepared_query_allocates_what_its_values_need() {
    type P = (Param<String>, Param<Vec<i64>>);
    let (name, ids) = P::fresh();
    let template = Template::new(User::query().filter(|u| u.name.eq(name) & u.id.in_param(ids)).into_ir());
    for engine in ENGINES {
        let cache = ShapeCache::new(Target::oldest(engine));
        // the text, the list as it is given, and the list as it is sent
        let count = prepared::<P, _>(&cache, &template, ("Ann", [1i64, 2, 3]));
        assert!(count <= 3, "{}: {count} allocations", engine.name());
    }
}
