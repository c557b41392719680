//! Inserts from iterators and streams of results, on every database: all or nothing, few rows in memory.

use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;

use futures_util::{FutureExt, StreamExt, stream};
use relvar::prelude::*;
use relvar::query::expr::Origin;
use relvar::{Error, ErrorKind};
use relvar_test_support as support;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "measurements")]
struct Measurement {
    #[column(primary_key)]
    id: i64,
    place: String,
    value: f64,
    note: Option<String>,
    a: i32,
    b: i32,
    c: i32,
    d: Option<i32>,
}

fn measurement(id: i64) -> Measurement {
    let note = (id % 3 == 0).then(|| format!("note {id}"));
    let place = format!("place {}", id % 7);
    Measurement { id, place, value: id as f64 / 4.0, note, a: 1, b: 2, c: 3, d: None }
}

/// What an application makes of the errors of its source and of the database.
#[derive(Debug)]
enum LoadError {
    Source(i64),
    Database(Error),
}

impl From<Error> for LoadError {
    fn from(error: Error) -> LoadError {
        LoadError::Database(error)
    }
}

/// An empty table on a database that is gone when its guard is dropped.
struct Place {
    db: AnyDb,
    _guard: Box<dyn Debug>,
}

async fn places() -> Vec<Place> {
    let file = support::sqlite_file();
    let mut urls: Vec<(String, Box<dyn Debug>)> =
        vec![("sqlite::memory:".into(), Box::new(())), (file.url(), Box::new(file))];
    if let Some(server) = support::postgres() {
        let database = server.database();
        urls.push((database.url().to_owned(), Box::new(database)));
    }
    for server in [support::mysql(), support::mariadb()].into_iter().flatten() {
        let database = server.database();
        urls.push((database.url().to_owned(), Box::new(database)));
    }
    let mut places = Vec::new();
    for (url, guard) in urls {
        let db = AnyDb::connect(&url).await.unwrap();
        Schema::new().table::<Measurement>().create(&db).await.unwrap();
        places.push(Place { db, _guard: guard });
    }
    places
}

async fn count(db: impl Executor<Portable>) -> u64 {
    Measurement::query().count(db).await.unwrap()
}

const ROWS: i64 = 100_000;

#[tokio::test]
async fn many_rows_come_in_whole_and_few_are_in_memory() {
    for Place { db, .. } in places().await {
        let taken = AtomicU64::new(0);
        let mut reports = Vec::new();
        let rows = (0..ROWS).map(|id| {
            taken.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Error>(measurement(id))
        });
        let inserted = Measurement::insert_iter(rows)
            .progress(|sent| reports.push((sent, taken.load(Ordering::Relaxed))))
            .execute(&db)
            .await
            .unwrap();
        assert_eq!(inserted, ROWS as u64, "{db:?}");
        assert_eq!(reports.last().map(|(sent, _)| *sent), Some(ROWS as u64));
        assert!(reports.windows(2).all(|pair| pair[0].0 < pair[1].0), "it only grows");
        assert!(reports.iter().all(|(sent, taken)| taken - sent <= 500), "what was read was sent");
        assert_eq!(count(&db).await, ROWS as u64);
        for id in [0, 499, 500, 12_345, ROWS - 1] {
            assert_eq!(Measurement::find(id, &db).await.unwrap(), Some(measurement(id)));
        }
        db.close().await;
    }
}

#[tokio::test]
async fn a_fault_in_the_middle_leaves_nothing() {
    for Place { db, .. } in places().await {
        let rows = (0..ROWS).map(|id| if id == 70_001 { Err(LoadError::Source(id)) } else { Ok(measurement(id)) });
        let mut sent = 0;
        let error = Measurement::insert_iter(rows).progress(|n| sent = n).execute(&db).await.unwrap_err();
        assert!(matches!(error, LoadError::Source(70_001)), "{error:?}");
        assert_eq!(sent, 70_000, "it had come far");
        assert_eq!(count(&db).await, 0, "{db:?}");

        let twice = (0..2_000).map(|id| Ok(measurement(if id == 1_900 { 3 } else { id })));
        let error = Measurement::insert_iter(twice).execute(&db).await.unwrap_err();
        assert!(matches!(&error, LoadError::Database(error) if error.is_unique_violation()), "{error:?}");
        assert_eq!(count(&db).await, 0, "{db:?}");
        db.close().await;
    }
}

#[tokio::test]
async fn in_a_transaction_it_is_a_savepoint() {
    for Place { db, .. } in places().await {
        let tx = db.begin().await.unwrap();
        Measurement::insert(measurement(-1)).execute(&tx).await.unwrap();
        let fails = (0..1_200).map(|id| if id == 1_100 { Err(LoadError::Source(id)) } else { Ok(measurement(id)) });
        Measurement::insert_iter(fails).execute(&tx).await.unwrap_err();
        let twice = (0..1_200).map(|id| Ok::<_, LoadError>(measurement(id % 1_199)));
        Measurement::insert_iter(twice).execute(&tx).await.unwrap_err();
        assert_eq!(count(&tx).await, 1, "what was done before stays, {db:?}");
        let rows = (0..1_200).map(|id| Ok::<_, LoadError>(measurement(id)));
        let executor: &dyn Executor<Portable> = &tx;
        assert_eq!(Measurement::insert_iter(rows).execute(executor).await.unwrap(), 1_200);
        tx.commit().await.unwrap();
        assert_eq!(count(&db).await, 1_201);
        db.close().await;
    }
}

#[tokio::test]
async fn dropped_half_way_it_leaves_nothing() {
    for Place { db, .. } in places().await {
        let endless = stream::iter(0..3_300).map(|id| Ok::<_, Error>(measurement(id))).chain(stream::pending());
        let sent = AtomicU64::new(0);
        let mut load =
            Measurement::insert_stream(endless).progress(|n| sent.store(n, Ordering::Relaxed)).execute(&db).boxed();
        while sent.load(Ordering::Relaxed) < 1_000 {
            let polled = std::future::poll_fn(|context| Poll::Ready(load.poll_unpin(context))).await;
            assert!(polled.is_pending());
            tokio::task::yield_now().await;
        }
        drop(load);
        assert_eq!(count(&db).await, 0, "{db:?}");
        Measurement::insert(measurement(1)).execute(&db).await.unwrap();
        assert_eq!(count(&db).await, 1, "nobody inherits its transaction");
        db.close().await;
    }
}

/// The same table, to databases with ON CONFLICT and to those with ON DUPLICATE KEY.
#[derive(Table, Debug, Clone)]
#[table(name = "counters", dialect = (Postgres, Sqlite))]
struct Counter {
    #[column(primary_key)]
    id: i64,
    n: i32,
}

#[derive(Table, Debug, Clone)]
#[table(name = "counters", dialect = (MySql, MariaDb))]
struct KeyCounter {
    #[column(primary_key)]
    id: i64,
    n: i32,
}

#[tokio::test]
async fn each_insert_can_be_an_upsert() {
    for Place { db, .. } in places().await {
        let counted = if <Counter as Origin>::Dialect::ENGINES.contains(&db.engine()) {
            Schema::new().table::<Counter>().create(&db).await.unwrap();
            Counter::insert_many((0..700).map(|id| Counter { id, n: 1 })).execute(&db).await.unwrap();
            Counter::insert_iter((0..1_500).map(|id| Ok::<_, Error>(Counter { id, n: 9 })))
                .each_insert(|insert| insert.on_conflict(Counter::PRIMARY_KEY).update(|c, new| c.n.set(new.n)))
                .execute(&db)
                .await
                .unwrap();
            Counter::query().filter(|c| c.n.eq(9)).count(&db).await
        } else {
            Schema::new().table::<KeyCounter>().create(&db).await.unwrap();
            KeyCounter::insert_many((0..700).map(|id| KeyCounter { id, n: 1 })).execute(&db).await.unwrap();
            KeyCounter::insert_iter((0..1_500).map(|id| Ok::<_, Error>(KeyCounter { id, n: 9 })))
                .each_insert(|insert| insert.on_duplicate_key().update(|c, new| c.n.set(new.n)))
                .execute(&db)
                .await
                .unwrap();
            KeyCounter::query().filter(|c| c.n.eq(9)).count(&db).await
        };
        assert_eq!(counted.unwrap(), 1_500, "{db:?}");
        db.close().await;
    }
}

#[tokio::test]
async fn few_rows_and_none_are_fine() {
    for Place { db, .. } in places().await {
        let mut reports = Vec::new();
        let none = stream::empty::<Result<Measurement, Error>>();
        assert_eq!(Measurement::insert_stream(none).progress(|n| reports.push(n)).execute(&db).await.unwrap(), 0);
        assert!(reports.is_empty());
        let one = [Ok::<_, Error>(measurement(1))];
        assert_eq!(Measurement::insert_iter(one).execute(db.clone()).await.unwrap(), 1);
        assert_eq!(count(&db).await, 1);
        let error = Measurement::insert_iter([Ok::<_, Error>(measurement(2))]).execute(db.read_only()).await;
        assert!(matches!(error.unwrap_err().kind(), ErrorKind::Unsupported(_)));
        db.close().await;
    }
}

#[tokio::test]
async fn the_future_can_be_spawned() {
    for Place { db, .. } in places().await {
        let task = tokio::spawn(async move {
            let rows = (0..10).map(|id| Ok::<_, Error>(measurement(id)));
            Measurement::insert_iter(rows).execute(&db).await
        });
        assert_eq!(task.await.unwrap().unwrap(), 10);
    }
}
