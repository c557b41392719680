//! Streams: rows while the statement runs, at the reader's pace, given up half-way, with an error in the middle.

use futures_util::{StreamExt, TryStreamExt};
use relvar::ErrorKind;
use relvar::prelude::*;
use std::time::Duration;

use crate::place::{Place, everywhere};
use crate::tables::{User, create_users, user, users};

everywhere!(
    all_rows_come_in_order,
    a_recursion_goes_to_its_end,
    long_texts_come_whole,
    a_stream_can_be_dropped_early,
    a_row_is_given_while_the_next_is_looked_for,
    memory_does_not_grow_with_the_result,
    an_error_in_the_middle_comes_after_the_rows_before_it,
    a_stream_in_a_transaction_has_the_connection,
);

/// More rows than anybody can wait for, made while they are read: of 100 users, all ways to choose six.
pub(crate) fn endless() -> Rows<i64, Portable> {
    let two = User::query().join(User::table(), |a, b| a.id.gt(0) & b.id.gt(0));
    let four = two.join(User::table(), |_, c| c.id.gt(0)).join(User::table(), |_, d| d.id.gt(0));
    let six = four.join(User::table(), |_, e| e.id.gt(0)).join(User::table(), |_, f| f.id.gt(0));
    six.select(|(a, _, _, _, _, _)| a.id).rows()
}

/// Numbers from 0, made by a query that uses itself.
fn numbers(to: i64) -> Rows<i64, Portable> {
    let base = User::query().filter(|u| u.id.eq(1)).select(|_| value(0i64));
    let numbers = recursive("numbers", base, move |n| n.query().filter(|n| n.0.lt(to)).select(|n| n.0 + 1));
    numbers.query().select(|n| n.0).rows()
}

/// A server that stopped after so many rounds, with less than all rows, would say nothing wrong and give a wrong answer.
async fn a_recursion_goes_to_its_end(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert(user("one")).execute(&db).await.unwrap();
    let rows: Vec<i64> = numbers(20_000).stream(&db).try_collect().await.unwrap();
    assert_eq!(rows, (0..=20_000).collect::<Vec<_>>());
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
    User::insert_many(users(0..100)).execute(&db).await.unwrap();
    if place.is_my() {
        // they make all rows of a join before they give one: there it is 40 MB that nobody reads to their end
        let wide = |n: usize| crate::tables::NewUser { name: "x".repeat(20_000), ..user(&format!("wide {n}")) };
        User::insert_many((0..2_000).map(wide)).execute(&db).await.unwrap();
    }
    for taken in [0, 1, 100] {
        // an endless statement: if it were not stopped, its connection would not come back
        let mut stream = if place.is_my() {
            User::query().stream(db.clone()).map_ok(|user| user.id).boxed()
        } else {
            endless().stream(db.clone()).boxed()
        };
        for _ in 0..taken {
            stream.next().await.unwrap().unwrap();
        }
        drop(stream);
        let next = User::insert(user(&format!("after {taken}"))).execute(&db);
        tokio::time::timeout(Duration::from_secs(10), next).await.expect("the connection comes back").unwrap();
        let count = User::query().count(&db);
        tokio::time::timeout(Duration::from_secs(10), count).await.expect("the connection comes back").unwrap();
    }
}

/// Rows that a stream holds back are few, and not for long.
async fn a_row_is_given_while_the_next_is_looked_for(place: &Place) {
    if place.is_server() {
        // the server itself holds rows back
        return;
    }
    let db = place.connect().await;
    create_users(&db).await;
    User::insert(user("one")).execute(&db).await.unwrap();
    let base = User::query().select(|_| value(0i64));
    let numbers = recursive("numbers", base, |n| n.query().select(|n| n.0 + 1));
    let mut stream = numbers.query().filter(|n| n.0.lt(3)).select(|n| n.0).stream(&db);
    for row in 0..3 {
        let next = tokio::time::timeout(Duration::from_secs(10), stream.next());
        assert_eq!(next.await.expect("it is there").unwrap().unwrap(), row);
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
    let wide = place.choose(
        "INSERT INTO users (email, name) SELECT 'u' || n, repeat('x', 10000) FROM generate_series(1, 20000) AS n",
        "CREATE TABLE d (n int); INSERT INTO d VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9); \
         INSERT INTO users (email, name) SELECT concat('u', a.n, b.n, c.n, d.n, e.n), repeat('x', 10000) \
         FROM d AS a, d AS b, d AS c, d AS d, d AS e WHERE e.n < 2",
        "",
    );
    place.script(&db, wide).await;
    let mut stream = User::query().order_by(|u| u.id.asc()).stream(&db);
    stream.next().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let my = format!(
        "SELECT count(*) FROM {} AS p WHERE db = database() AND command = 'Execute' AND id <> connection_id()",
        place.sessions()
    );
    let waits = place.choose(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'ClientWrite'",
        &my,
        "",
    );
    assert_eq!(place.scalar(waits).as_deref(), Some("1"), "200 MB are not read ahead");
    assert_eq!(stream.try_fold(1, async |n, _| Ok(n + 1)).await.unwrap(), 20_000);
}

/// The bytes of this process that are in memory.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap() * 4096
}

async fn long_texts_come_whole(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    let long = |n: usize| format!("{n} {}", "🦀x'\\".repeat(9_000));
    let rows = (0..40).map(|n| crate::tables::NewUser { email: n.to_string(), name: long(n) });
    User::insert_many(rows).execute(&db).await.unwrap();
    let mut stream = User::query().order_by(|u| u.id.asc()).select(|u| u.name).stream(&db);
    for n in 0..40 {
        assert!(stream.next().await.unwrap().unwrap() == long(n), "{n}");
    }
    assert!(stream.next().await.is_none());
}

async fn an_error_in_the_middle_comes_after_the_rows_before_it(place: &Place) {
    let db = place.connect_narrow().await;
    create_users(&db).await;
    User::insert_many(users(0..500)).execute(&db).await.unwrap();
    let broken = if place.is_server() {
        place
            .script(
                &db,
                place.choose(
                    "ALTER TABLE users ALTER name DROP NOT NULL; UPDATE users SET name = NULL WHERE id = 400",
                    "ALTER TABLE users MODIFY name text NULL; UPDATE users SET name = NULL WHERE id = 400",
                    "",
                ),
            )
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
