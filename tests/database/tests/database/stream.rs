//! Streams: rows while the statement runs, at the reader's pace, given up half-way, with an error in the middle.

use futures_util::{StreamExt, TryStreamExt};
use relvar::ErrorKind;
use relvar::prelude::*;
use std::time::Duration;

use crate::place::{Place, everywhere};
use crate::tables::{User, create_users, user, users};

everywhere!(
    all_rows_come_in_order,
    a_stream_can_be_dropped_early,
    memory_does_not_grow_with_the_result,
    an_error_in_the_middle_comes_after_the_rows_before_it,
    a_stream_in_a_transaction_has_the_connection,
);

/// Numbers from 0, made while they are read.
fn numbers(to: i64) -> Rows<i64, (Postgres, Sqlite)> {
    let base = User::query().filter(|u| u.id.eq(1)).select(|_| value(0i64));
    let numbers = recursive("numbers", base, move |n| n.query().filter(|n| n.0.lt(to)).select(|n| n.0 + 1));
    numbers.query().select(|n| n.0).rows()
}

async fn all_rows_come_in_order(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..3_000)).execute(&db).await.unwrap();
    let rows: Vec<User> = User::query().order_by(|u| u.id.asc()).stream(&db).try_collect().await.unwrap();
    assert_eq!(rows.len(), 3_000);
    assert!(rows.iter().enumerate().all(|(n, user)| user.name == format!("user {n}")));
    let none: Vec<User> = User::query().filter(|u| u.id.lt(0)).stream(&db).try_collect().await.unwrap();
    assert!(none.is_empty());
}

async fn a_stream_can_be_dropped_early(place: &Place) {
    let db = place.connect_narrow().await;
    create_users(&db).await;
    User::insert(user("one")).execute(&db).await.unwrap();
    for taken in [0, 1, 100] {
        // an endless statement: if it were not stopped, its connection would not come back
        let mut stream = numbers(i64::MAX).stream(db.clone());
        for n in 0..taken {
            assert_eq!(stream.next().await.unwrap().unwrap(), n);
        }
        drop(stream);
        let next = User::insert(user(&format!("after {taken}"))).execute(&db);
        tokio::time::timeout(Duration::from_secs(10), next).await.expect("the connection comes back").unwrap();
        let count = User::query().count(&db);
        tokio::time::timeout(Duration::from_secs(10), count).await.expect("the connection comes back").unwrap();
    }
}

/// The statement waits for its reader: rows are made when they are wanted, or some buffers ahead.
async fn memory_does_not_grow_with_the_result(place: &Place) {
    if place.is_server() {
        // the server's recursion makes its rows at once, so a plain table shows it there: see below
        return the_server_waits_for_the_reader(place).await;
    }
    let db = place.connect().await;
    create_users(&db).await;
    User::insert(user("one")).execute(&db).await.unwrap();
    let mut stream = numbers(i64::MAX).stream(&db);
    assert_eq!(stream.next().await.unwrap().unwrap(), 0);
    let before = resident();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(stream.next().await.unwrap().unwrap(), 1);
    // it would have made millions of rows meanwhile
    let grown = resident().saturating_sub(before);
    assert!(grown < 64 << 20, "{grown} bytes more");
}

async fn the_server_waits_for_the_reader(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    let wide =
        "INSERT INTO users (email, name) SELECT 'u' || n, repeat('x', 10000) FROM generate_series(1, 20000) AS n";
    place.script(&db, wide).await;
    let mut stream = User::query().order_by(|u| u.id.asc()).stream(&db);
    stream.next().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let waits =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'ClientWrite'";
    assert_eq!(place.scalar(waits).as_deref(), Some("1"), "200 MB are not read ahead");
    assert_eq!(stream.try_fold(1, async |n, _| Ok(n + 1)).await.unwrap(), 20_000);
}

/// The bytes of this process that are in memory.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap() * 4096
}

async fn an_error_in_the_middle_comes_after_the_rows_before_it(place: &Place) {
    let db = place.connect_narrow().await;
    create_users(&db).await;
    User::insert_many(users(0..500)).execute(&db).await.unwrap();
    let broken = if place.is_server() {
        place
            .script(&db, "ALTER TABLE users ALTER name DROP NOT NULL; UPDATE users SET name = NULL WHERE id = 400")
            .await;
        300
    } else {
        place.script(&db, "UPDATE users SET logins = 'a secret' WHERE id = 400").await;
        300
    };
    let mut stream = User::query().order_by(|u| u.id.asc()).stream(&db);
    let mut rows = 0;
    let error = loop {
        match stream.next().await.expect("an error before the end") {
            Ok(user) => {
                rows += 1;
                assert_eq!(user.id, rows);
            }
            Err(error) => break error,
        }
    };
    assert!((broken..400).contains(&rows), "{rows}");
    assert_eq!(rows, 399);
    let column = if place.is_server() { "users.name" } else { "users.logins" };
    assert!(matches!(error.kind(), ErrorKind::Decode { column: c, .. } if c == column), "{error}");
    assert!(!error.to_string().contains("secret"), "{error}");
    assert!(stream.next().await.is_none(), "an error ends it");
    drop(stream);
    assert_eq!(User::query().count(&db).await.unwrap(), 500);
}

async fn a_stream_in_a_transaction_has_the_connection(place: &Place) {
    let db = place.connect_narrow().await;
    create_users(&db).await;
    let tx = db.begin().await.unwrap();
    User::insert_many(users(0..300)).execute(&tx).await.unwrap();
    {
        let mut stream = User::query().stream(&tx);
        stream.next().await.unwrap().unwrap();
        let error = User::insert(user("meanwhile")).execute(&tx).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Unsupported(why) if why.contains("stream")), "{error}");
        // to its end, it leaves the transaction as it was
        assert_eq!(stream.by_ref().count().await, 299);
    }
    User::insert(user("afterwards")).execute(&tx).await.unwrap();
    {
        let mut stream = User::query().stream(&tx);
        stream.next().await.unwrap().unwrap();
    }
    let error = User::insert(user("too late")).execute(&tx).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TransactionEnded), "{error}");
    drop(tx);
    assert_eq!(User::query().count(&db).await.unwrap(), 0);
}
