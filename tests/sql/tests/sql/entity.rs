//! Rows by their primary key: found, saved, removed; the second of each builds no SQL.

use relvar::query::dialect::RunsOn;
use relvar::{Database, ErrorKind};
use relvar_sql_tests::prelude::*;
use relvar_sql_tests::{postgres_schema, schema};
use relvar_test_support::{mariadb, mysql};

async fn rows_by_key<D: Database>(url: &str)
where
    Portable: RunsOn<D>,
{
    let db = Db::<D>::connect(url).await.unwrap();
    schema::create(&db).await.unwrap();
    for (round, id) in [1, 3].into_iter().enumerate() {
        let before = db.metrics().cache_misses;
        let mut thread = Thread::find(id, &db).await.unwrap().unwrap();
        let (created, updated) = (thread.created_at, thread.updated_at);
        thread.title.push('!');
        thread.note = None;
        thread.save(&db).await.unwrap();
        let saved = Thread::find(id, &db).await.unwrap().unwrap();
        assert_eq!(saved.created_at, created);
        assert_eq!((&saved.title, &saved.note), (&thread.title, &None));
        assert!(saved.updated_at > updated, "an update is stamped");

        let mut seat = Seat::find(id, &db).await.unwrap().unwrap();
        let version = seat.version;
        seat.guest = Some("it's".into());
        seat.save(&db).await.unwrap();
        let saved = Seat::find(id, &db).await.unwrap().unwrap();
        assert_eq!((saved.version, saved.guest.as_deref()), (version + 1, Some("it's")));

        assert!(saved.remove(&db).await.unwrap());
        assert!(!saved.remove(&db).await.unwrap(), "it is gone");
        assert_eq!(Seat::find(id, &db).await.unwrap(), None);
        assert_eq!(saved.save(&db).await.unwrap_err().kind(), &ErrorKind::NoRow);
        let built = db.metrics().cache_misses - before;
        assert_eq!(built > 0, round == 0, "{built} statements were built in round {round}");
    }
    assert_eq!(Thread::query().count(&db).await.unwrap(), 4, "no other row was touched");
    assert_eq!(Seat::query().select(|s| (s.id, s.guest)).all(&db).await.unwrap(), [(2, Some("Bob".into()))]);
    db.close().await;
}

#[tokio::test]
async fn on_sqlite() {
    rows_by_key::<Sqlite>("sqlite::memory:").await;
}

#[tokio::test]
async fn on_postgresql() {
    if let Some(schema) = postgres_schema() {
        rows_by_key::<Postgres>(&schema.url()).await;
    }
}

#[tokio::test]
async fn on_mysql() {
    if let Some(database) = mysql().map(|server| server.database()) {
        rows_by_key::<MySql>(database.url()).await;
    }
}

#[tokio::test]
async fn on_mariadb() {
    if let Some(database) = mariadb().map(|server| server.database()) {
        rows_by_key::<MariaDb>(database.url()).await;
    }
}
