//! Terminals: how many rows, what is sent, what an error says.

use futures_core::Stream;
use relvar_query::dialect::{Portable, Sqlite};
use relvar_query::statement::{Fetchable, Statement};
use relvar_query::types::Decoder;
use std::sync::Arc;

use super::fake::{Fake, database};
use super::{Test, connect, insert, select, settle};
use crate::backend::Work;
use crate::db::{Any, Db, Shared};
use crate::error::{Category, ErrorKind, Result};
use crate::executor::Executor;
use crate::fetch::{Execute, Fetch};
use crate::options::Options;

fn answering(rows: Vec<i64>) -> Fake {
    let fake = Fake::new(1);
    fake.with(|server| server.rows.push(("SELECT t", rows)));
    fake
}

#[tokio::test]
async fn one_optional_and_first_tell_how_many_rows_there_are() {
    for (rows, one, first) in [
        (vec![], Err(ErrorKind::NoRow), None),
        (vec![7], Ok(7), Some(7)),
        (vec![7, 8], Err(ErrorKind::ManyRows), Some(7)),
        (vec![7, 8, 9], Err(ErrorKind::ManyRows), Some(7)),
    ] {
        let fake = answering(rows.clone());
        let db = connect(&fake).await;
        assert_eq!(select("t").one(&db).await.map_err(|error| error.kind().clone()), one);
        let optional = match one {
            Ok(row) => Ok(Some(row)),
            Err(ErrorKind::NoRow) => Ok(None),
            Err(kind) => Err(kind),
        };
        assert_eq!(select("t").optional(&db).await.map_err(|error| error.kind().clone()), optional);
        assert_eq!(select("t").first(&db).await.unwrap(), first);
        assert_eq!(select("t").all(&db).await.unwrap(), rows);
        let limits: Vec<_> = fake.with(|server| server.requests.iter().map(|r| (r.2, r.3)).collect());
        assert_eq!(
            limits,
            [(Some(2), 1), (Some(2), 1), (Some(1), 1), (None, 0)],
            "a LIMIT is bound where rows are few"
        );
    }
}

#[tokio::test]
async fn a_shape_is_worth_preparing_when_it_was_seen_before() {
    let fake = answering(vec![1]);
    let db = connect(&fake).await;
    select("t").all(&db).await.unwrap();
    select("t").all(&db).await.unwrap();
    select("u").all(&db).await.unwrap();
    let persistent: Vec<bool> = fake.with(|server| server.requests.iter().map(|r| r.0).collect());
    assert_eq!(persistent, [false, true, false]);
    assert_eq!((db.metrics().cache_hits, db.metrics().cache_misses), (1, 2));
}

#[tokio::test]
async fn in_a_transaction_a_statement_is_prepared_under_a_name_at_once() {
    let fake = answering(vec![1]);
    let db = connect(&fake).await;
    let tx = db.begin().await.unwrap();
    select("t").all(&tx).await.unwrap();
    tx.commit().await.unwrap();
    select("u").all(&db).await.unwrap();
    let persistent: Vec<bool> = fake.with(|server| server.requests.iter().map(|r| r.0).collect());
    assert_eq!(persistent, [true, false]);
}

#[tokio::test]
async fn exists_and_count_ask_the_database() {
    let fake = Fake::new(1);
    fake.with(|server| server.rows.push(("SELECT", vec![1])));
    let db = connect(&fake).await;
    assert!(select("t").exists(&db).await.unwrap());
    assert_eq!(select("t").count(&db).await.unwrap(), 1);
    // of a statement that is no query, the rows are counted
    fake.with(|server| server.rows.push(("INSERT", vec![1, 2, 3])));
    assert_eq!(insert("t", 3).returning().count(&db).await.unwrap(), 3);
}

#[tokio::test]
async fn an_insert_of_many_rows_is_done_or_not() {
    let fake = Fake::new(1);
    let db = connect(&fake).await;
    fake.log();
    assert_eq!(insert("t", 0).execute(&db).await.unwrap(), 0);
    assert!(fake.log().is_empty(), "nothing is sent for no rows");
    assert_eq!(insert("t", 24).execute(&db).await.unwrap(), 2);
    assert_eq!(fake.log(), ["1: BEGIN", "1: INSERT t", "1: INSERT t", "1: COMMIT"]);
    assert_eq!(fake.with(|server| server.requests[0].1), Work::Write);
    // no part is long: each is done where it is asked for
    insert("t", 10_000).execute(&db).await.unwrap();
    assert_eq!(fake.log().len(), 1 + 20 + 1);
    assert!(fake.with(|server| server.requests.iter().all(|request| request.1 == Work::Write)));

    let before = fake.committed().len();
    fake.with(|server| server.failures.clear());
    let second = Fake::new(1);
    let db = connect(&second).await;
    // the first part succeeds, the second does not
    second.with(|server| server.rows.push(("INSERT t", vec![5])));
    assert_eq!(insert("t", 17).returning().all(&db).await.unwrap(), [5, 5], "the rows of all parts, in order");
    assert_eq!(before, fake.committed().len());
}

#[tokio::test]
async fn a_failing_part_undoes_the_parts_before_it() {
    let fake = Fake::new(1);
    fake.with(|server| server.aborts = true);
    let db = connect(&fake).await;
    fake.fail("COMMIT", database(Category::CheckViolation));
    insert("t", 17).execute(&db).await.unwrap_err();
    settle(&db).await;
    assert!(fake.committed().is_empty());

    // inside of a transaction only the insert is undone
    let tx = db.begin().await.unwrap();
    insert("kept", 1).execute(&tx).await.unwrap();
    fake.fail("RELEASE", database(Category::CheckViolation));
    fake.log();
    insert("t", 17).execute(&tx).await.unwrap_err();
    tx.begin().await.map(drop).unwrap_err();
    drop(tx);
    let tx = db.begin().await.unwrap();
    insert("kept", 1).execute(&tx).await.unwrap();
    fake.fail("INSERT t", database(Category::CheckViolation));
    insert("t", 17).execute(&tx).await.unwrap_err();
    insert("also", 1).execute(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(fake.committed(), ["INSERT kept", "INSERT also"]);
}

#[tokio::test]
async fn an_error_names_the_column_and_shows_the_statement() {
    struct Wrong(Test);
    impl Statement for Wrong {
        type Dialect = Sqlite;
        type Reach = relvar_query::statement::Bounded;
        fn into_ir(self) -> relvar_query::ir::Statement {
            self.0.0
        }
    }
    impl Fetchable for Wrong {
        type Row = String;
        fn decoder(&self) -> Decoder<String> {
            Decoder::new(|row| row.read(), |_| {})
        }
    }
    let fake = answering(vec![1]);
    let db = connect(&fake).await;
    let error = Wrong(select("t")).all(&db).await.unwrap_err();
    assert_eq!(error.to_string(), "column `t.n`: expected text, found an integer\n  in: SELECT \"t\".\"n\" FROM \"t\"");
    assert_eq!(db.metrics().idle, 1, "the connection is as good as before");
}

#[tokio::test]
async fn a_stale_plan_is_run_again_outside_of_transactions() {
    let fake = answering(vec![1]);
    let db = connect(&fake).await;
    fake.fail("SELECT t", database(Category::StalePlan));
    assert_eq!(select("t").all(&db).await.unwrap(), [1]);
    fake.fail("SELECT t", database(Category::StalePlan));
    fake.fail("SELECT t", database(Category::StalePlan));
    assert_eq!(select("t").all(&db).await.unwrap_err().category(), Some(Category::StalePlan), "once only");
    fake.fail("SELECT t", database(Category::StalePlan));
    let tx = db.begin().await.unwrap();
    assert_eq!(select("t").all(&tx).await.unwrap_err().category(), Some(Category::StalePlan));
    drop(tx);
    fake.fail("SELECT t", database(Category::StalePlan));
    let retried: Result<Vec<i64>> = db.transaction(|tx| async move { select("t").all(&tx).await }).retry(1).await;
    assert_eq!(retried.unwrap(), [1]);
}

#[tokio::test]
async fn a_stream_gives_every_row_and_then_the_connection_back() {
    let fake = answering((0..1_000).collect());
    let db = connect(&fake).await;
    let mut stream = Box::pin(select("t").stream(&db));
    let mut rows = Vec::new();
    while let Some(row) = std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await {
        rows.push(row.unwrap());
    }
    assert_eq!(rows, (0..1_000).collect::<Vec<i64>>());
    assert_eq!(db.metrics().idle, 1);
    assert_eq!(fake.with(|server| server.requests[0].1), Work::Long);
}

#[tokio::test]
async fn a_stream_can_be_spawned() {
    let fake = answering(vec![1, 2]);
    let db = connect(&fake).await;
    let stream = select("t").stream(db.clone());
    let counted = tokio::spawn(async move {
        let mut stream = stream;
        let mut count = 0;
        while std::future::poll_fn(|context| std::pin::Pin::new(&mut stream).poll_next(context)).await.is_some() {
            count += 1;
        }
        count
    });
    assert_eq!(counted.await.unwrap(), 2);
}

/// One function for databases, transactions and what hides behind `dyn`.
async fn both(executor: impl Executor<Portable>) -> Result<Vec<i64>> {
    select("t").all(&executor).await
}

struct Repository {
    db: Arc<dyn Executor<Portable>>,
}

#[tokio::test]
async fn one_function_runs_on_everything() {
    let fake = answering(vec![1]);
    let db = connect(&fake).await;
    assert_eq!(both(&db).await.unwrap(), [1]);
    assert_eq!(both(db.clone()).await.unwrap(), [1]);
    assert_eq!(both(&db.read_only()).await.unwrap(), [1]);
    assert_eq!(both(&db as &dyn Executor<Portable>).await.unwrap(), [1]);
    let tx = db.begin().await.unwrap();
    assert_eq!(both(&tx).await.unwrap(), [1]);
    tx.commit().await.unwrap();
    let repository = Repository { db: Arc::new(db) };
    assert_eq!(both(repository.db.clone()).await.unwrap(), [1]);
    assert_eq!(both(&*repository.db).await.unwrap(), [1]);
    assert_eq!(tokio::spawn(both(repository.db)).await.unwrap().unwrap(), [1]);
}

struct Everywhere<D>(Test, std::marker::PhantomData<fn() -> D>);

impl<D: relvar_query::dialect::Dialect> Statement for Everywhere<D> {
    type Dialect = D;
    type Reach = relvar_query::statement::Bounded;
    fn into_ir(self) -> relvar_query::ir::Statement {
        self.0.0
    }
}

#[tokio::test]
async fn a_database_chosen_at_run_time_runs_what_is_for_it() {
    let fake = Fake::new(1);
    let db: Db<Any> = Db::over(Shared::connect(fake.clone(), Options::default()).await.unwrap());
    assert_eq!(Everywhere::<Portable>(insert("t", 1), Default::default()).execute(&db).await.unwrap(), 1);
    type Others = (relvar_query::dialect::Postgres, relvar_query::dialect::MySql);
    let error = Everywhere::<Others>(insert("t", 1), Default::default()).execute(&db).await.unwrap_err();
    assert_eq!(error.to_string(), "the statement is written for PostgreSQL, MySQL and cannot run on SQLite");
    assert_eq!(fake.committed().len(), 1);
    let tx = db.begin().await.unwrap();
    Everywhere::<Others>(insert("t", 1), Default::default()).execute(&tx).await.unwrap_err();
    Everywhere::<Portable>(insert("t", 1), Default::default()).execute(&tx).await.unwrap();
}

#[tokio::test]
async fn debug_shows_where_and_no_more() {
    let db = connect(&Fake::new(1)).await;
    assert_eq!(format!("{db:?}"), "Db(\"fake:\")");
}

#[tokio::test]
async fn a_url_without_a_driver_names_those_there_are() {
    let error = Db::<Any>::connect("oracle://scott:tiger@db/x").await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Url(_)));
    assert!(!error.to_string().contains("tiger"), "{error}");
}
