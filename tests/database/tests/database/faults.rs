//! Faults of the line and of the server: nothing is lost, nothing is applied twice, the pool recovers.

use futures_util::StreamExt;
use relvar::prelude::*;
use relvar::query::dialect::Engine;
use relvar::{Error, ErrorKind, Options, Result};
use relvar_test_support::{Direction, FaultProxy};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::place::{Place, everywhere};
use crate::stream::endless;
use crate::tables::{User, create_users, user, users};

everywhere!(on(postgres, mysql, mariadb): (
    a_connection_cut_in_the_middle_of_an_answer,
    a_write_whose_answer_is_lost_is_not_sent_twice,
    a_commit_whose_answer_is_lost_is_not_known,
    a_transaction_whose_line_is_cut_has_done_nothing,
    idle_connections_that_died,
    a_stalled_server,
    silence_is_limited,
    the_readers_time_is_no_silence,
    a_pool_says_whether_its_database_is_there,
    a_statement_that_takes_longer_than_allowed,
    what_was_dropped_ends_on_the_server,
    a_server_that_refuses_and_comes_back,
    a_session_that_an_administrator_ends,
    under_fire,
));

/// A database, a line to it that can fail, and a pool behind that line.
struct Setting<'p> {
    db: AnyDb,
    proxy: FaultProxy,
    place: &'p Place,
}

async fn setting(place: &Place, options: Options) -> Setting<'_> {
    let proxy = place.proxy().unwrap();
    // past the line, and without the limits that are under test
    create_users(&place.connect().await).await;
    let db = AnyDb::connect_with(proxy.url(), options).await.unwrap();
    Setting { db, proxy, place }
}

impl Setting<'_> {
    /// How many users there are, seen past the line.
    fn count(&self) -> u64 {
        self.place.scalar("SELECT count(*) FROM users").unwrap().parse().unwrap()
    }

    /// Everything works again, on whatever connection.
    async fn works(&self) {
        for _ in 0..3 {
            let count = tokio::time::timeout(Duration::from_secs(10), User::query().count(&self.db)).await;
            assert_eq!(count.expect("an answer").unwrap(), self.count());
        }
        let metrics = self.db.metrics();
        assert!(metrics.in_use == 0 && metrics.waiting == 0, "{metrics:?}");
    }
}

fn narrow() -> Options {
    Options::new().max_connections(1)
}

fn is_lost(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionLost(_))
}

async fn a_connection_cut_in_the_middle_of_an_answer(place: &Place) {
    let setting = setting(place, narrow()).await;
    let db = &setting.db;
    User::insert_many(users(0..2_000)).execute(db).await.unwrap();
    for bytes in [1, 10, 1_000, 50_000] {
        User::query().count(db).await.unwrap();
        setting.proxy.cut_after(Direction::ToClient, bytes);
        let error = User::query().order_by(|u| u.id.asc()).all(db).await.unwrap_err();
        assert!(is_lost(&error), "{bytes}: {error}");
        assert!(error.statement().is_some_and(|sql| sql.starts_with("SELECT")), "{error}");
    }
    setting.works().await;
}

/// Not run again by itself: it may have been done.
async fn a_write_whose_answer_is_lost_is_not_sent_twice(place: &Place) {
    let setting = setting(place, narrow()).await;
    let db = &setting.db;
    // the statement is prepared by now
    for n in 0..3 {
        User::insert(user(&format!("before {n}"))).execute(db).await.unwrap();
    }
    let mut done = 0;
    for n in 0..20 {
        // a connection that works, and no cut left over
        while User::query().count(db).await.is_err() {}
        setting.proxy.cut_after(if n % 2 == 0 { Direction::ToClient } else { Direction::ToServer }, 5 + 10 * n);
        let name = format!("cut {n}");
        let result = User::insert(user(&name)).execute(db).await;
        // the server may still be at it
        tokio::time::sleep(Duration::from_millis(20)).await;
        let there = setting.place.scalar(&format!("SELECT count(*) FROM users WHERE name = '{name}'")).unwrap();
        match result {
            Ok(_) => assert_eq!(there, "1"),
            Err(error) => {
                assert!(is_lost(&error), "{error}");
                assert!(there == "0" || there == "1", "{there}");
            }
        }
        done += there.parse::<u64>().unwrap();
    }
    assert_eq!(setting.count(), 3 + done);
    setting.proxy.cut_after(Direction::ToClient, usize::MAX);
    while User::query().count(db).await.is_err() {}
    setting.works().await;
}

async fn a_commit_whose_answer_is_lost_is_not_known(place: &Place) {
    let setting = setting(place, narrow()).await;
    let db = &setting.db;
    let attempts = AtomicU32::new(0);
    let (proxy, attempts) = (&setting.proxy, &attempts);
    let error = db
        .transaction(|tx| async move {
            attempts.fetch_add(1, Ordering::SeqCst);
            User::insert(user("perhaps")).execute(&tx).await?;
            // what comes next is the answer to COMMIT
            proxy.cut_after(Direction::ToClient, 1);
            Ok::<_, Error>(())
        })
        .retry(5)
        .await
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::OutcomeUnknown), "{error}");
    assert!(!error.is_retryable());
    assert_eq!(attempts.load(Ordering::SeqCst), 1, "it is not run again: it may have been done");
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(setting.count(), 1, "and this time it was");
    setting.works().await;

    // cut on the way there: it was not
    let tx = db.begin().await.unwrap();
    User::insert(user("not")).execute(&tx).await.unwrap();
    setting.proxy.cut_after(Direction::ToServer, 2);
    let error = tx.commit().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::OutcomeUnknown), "{error}");
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(setting.count(), 1);
    setting.works().await;
}

async fn a_transaction_whose_line_is_cut_has_done_nothing(place: &Place) {
    let setting = setting(place, narrow()).await;
    let db = &setting.db;
    let tx = db.begin().await.unwrap();
    User::insert(user("gone")).execute(&tx).await.unwrap();
    setting.proxy.cut();
    let error = User::insert(user("gone, too")).execute(&tx).await.unwrap_err();
    assert!(is_lost(&error), "{error}");
    let error = tx.commit().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TransactionEnded), "{error}");
    assert_eq!(setting.count(), 0);

    // in the parts of a large insert
    setting.proxy.cut_after(Direction::ToServer, 100_000);
    let error = User::insert_many(users(0..10_000)).execute(db).await.unwrap_err();
    assert!(is_lost(&error), "{error}");
    setting.works().await;
    assert_eq!(setting.count(), 0);
}

/// A server that was restarted, or a firewall that forgot: a connection that is asked for a sign of life first makes
/// no statement fail.
async fn idle_connections_that_died(place: &Place) {
    let setting = setting(place, Options::new().max_connections(3).ping_after(Duration::ZERO)).await;
    let held =
        [setting.db.begin().await.unwrap(), setting.db.begin().await.unwrap(), setting.db.begin().await.unwrap()];
    for tx in held {
        tx.rollback().await.unwrap();
    }
    assert_eq!(setting.db.metrics().idle, 3);
    setting.proxy.cut();
    for n in 0..6 {
        User::insert(user(&n.to_string())).execute(&setting.db).await.unwrap();
    }
    assert_eq!(setting.count(), 6);
    setting.works().await;
}

async fn a_stalled_server(place: &Place) {
    let setting = setting(place, narrow().connect_timeout(Duration::from_secs(2))).await;
    let db = &setting.db;
    User::insert(user("there")).execute(db).await.unwrap();
    setting.proxy.stall();
    // the caller's own limit
    let given_up = tokio::time::timeout(Duration::from_millis(100), User::query().count(db)).await;
    assert!(given_up.is_err());
    setting.proxy.resume();
    setting.works().await;
}

async fn silence_is_limited(place: &Place) {
    let limit = Duration::from_millis(300);
    let options = narrow().response_timeout(limit).connect_timeout(Duration::from_secs(5));
    let setting = setting(place, options).await;
    let db = &setting.db;
    let silent = |error: Error, sql: &str| {
        assert!(error.is_timeout() && matches!(error.kind(), ErrorKind::Timeout(after) if *after == limit), "{error}");
        assert!(error.statement().is_some_and(|statement| statement.starts_with(sql)), "{error}");
    };
    // a read, a write, a script
    User::query().count(db).await.unwrap();
    setting.proxy.stall();
    silent(User::query().count(db).await.unwrap_err(), "SELECT");
    setting.proxy.resume();
    User::query().count(db).await.unwrap();
    setting.proxy.stall();
    silent(User::insert(user("perhaps")).execute(db).await.unwrap_err(), "INSERT");
    setting.proxy.resume();
    User::query().count(db).await.unwrap();

    // a transaction is over with its connection
    let tx = db.begin().await.unwrap();
    User::insert(user("not")).execute(&tx).await.unwrap();
    setting.proxy.stall();
    silent(User::query().count(&tx).await.unwrap_err(), "SELECT");
    assert!(User::query().count(&tx).await.unwrap_err().is_transaction_ended());
    setting.proxy.resume();
    drop(tx);
    let tx = db.begin().await.unwrap();
    User::insert(user("perhaps, too")).execute(&tx).await.unwrap();
    setting.proxy.stall();
    let error = tx.commit().await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
    setting.proxy.resume();
    setting.works().await;
    assert_eq!(place.scalar("SELECT count(*) FROM users WHERE name = 'not'").as_deref(), Some("0"));
    assert_eq!(db.metrics().buried, 4);
}

async fn the_readers_time_is_no_silence(place: &Place) {
    let setting = setting(place, narrow().response_timeout(Duration::from_millis(500))).await;
    let db = &setting.db;
    User::insert_many(users(0..3_000)).execute(db).await.unwrap();
    let mut stream = User::query().order_by(|u| u.id.asc()).stream(db);
    let mut rows = 0;
    while let Some(row) = stream.next().await {
        row.unwrap();
        rows += 1;
        if rows % 1_000 == 1 {
            tokio::time::sleep(Duration::from_millis(700)).await;
        }
    }
    assert_eq!(rows, 3_000);
    drop(stream);
    assert_eq!(db.metrics().buried, 0);
}

async fn a_pool_says_whether_its_database_is_there(place: &Place) {
    let setting = setting(place, narrow().connect_timeout(Duration::from_secs(2))).await;
    setting.db.ping().await.unwrap();
    setting.proxy.refuse(true);
    setting.proxy.cut();
    // the connection that died, and none in its place
    setting.db.ping().await.unwrap_err();
    let error = setting.db.ping().await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    setting.proxy.refuse(false);
    setting.db.ping().await.unwrap();
    let held = setting.db.begin().await.unwrap();
    let impatient = AnyDb::connect_with(setting.proxy.url(), narrow().acquire_timeout(Duration::from_millis(50)));
    let impatient = impatient.await.unwrap();
    let tx = impatient.begin().await.unwrap();
    assert!(impatient.ping().await.unwrap_err().is_pool_timeout());
    drop((tx, held));
    impatient.close().await;
    assert!(impatient.ping().await.unwrap_err().is_pool_closed());
}

async fn a_statement_that_takes_longer_than_allowed(place: &Place) {
    let setting = setting(place, narrow().statement_timeout(Duration::from_millis(400))).await;
    let db = &setting.db;
    let blocker = setting.place.connect().await;
    User::insert_many(users(0..100)).execute(&blocker).await.unwrap();
    let start = Instant::now();
    let error = endless().count(db).await.unwrap_err();
    assert!(error.is_cancelled(), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    if place.engine() != Engine::MySql {
        // what writes waits for the other to commit or not: MySQL limits only what reads
        let tx = blocker.begin().await.unwrap();
        User::insert(user("taken")).execute(&tx).await.unwrap();
        let error = User::insert(user("taken")).execute(db).await.unwrap_err();
        assert!(error.is_cancelled(), "{error}");
        tx.rollback().await.unwrap();
    }
    assert_eq!(db.metrics().buried, 0, "the connection is as good as before");
    User::insert(user("taken")).execute(db).await.unwrap();
    setting.works().await;
}

/// How many statements run in this database, seen from outside.
fn running(place: &Place) -> u64 {
    let my = format!(
        "SELECT count(*) FROM {} AS p WHERE db = database() AND command <> 'Sleep' AND id <> connection_id()",
        place.sessions()
    );
    let sql = place.choose(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' \
         AND pid <> pg_backend_pid()",
        &my,
        "",
    );
    place.scalar(sql).unwrap().parse().unwrap()
}

/// Waits until the server shows it. How long that takes is a matter of how busy the machine is; it is given up when
/// something must be wrong.
async fn until(what: &str, shown: impl Fn() -> bool) {
    let start = Instant::now();
    while !shown() {
        assert!(start.elapsed() < Duration::from_secs(120), "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// What is dropped would run for ever: that it has ended is because it was ended.
async fn what_was_dropped_ends_on_the_server(place: &Place) {
    let db = place.connect_with(narrow().acquire_timeout(Duration::from_secs(120))).await;
    create_users(&db).await;
    User::insert_many(users(0..100)).execute(&db).await.unwrap();
    for n in 0..3 {
        let long = tokio::spawn({
            let db = db.clone();
            async move { endless().count(&db).await.map(drop) }
        });
        until("it does not run", || running(place) > 0).await;
        long.abort();
        assert!(long.await.unwrap_err().is_cancelled(), "it was to take for ever");
        until("it still runs", || running(place) == 0).await;
        // and the next one gets a connection
        User::insert(user(&format!("after {n}"))).execute(&db).await.unwrap();
    }
}

async fn a_server_that_refuses_and_comes_back(place: &Place) {
    let setting = setting(place, narrow().connect_timeout(Duration::from_secs(2))).await;
    let db = &setting.db;
    setting.proxy.refuse(true);
    setting.proxy.cut();
    let mut refused = 0;
    for _ in 0..3 {
        let error = User::query().count(db).await.unwrap_err();
        assert!(is_lost(&error) || matches!(error.kind(), ErrorKind::Connect { .. }), "{error}");
        refused += u32::from(matches!(error.kind(), ErrorKind::Connect { .. }));
    }
    assert!(refused >= 2, "{refused}");
    setting.proxy.refuse(false);
    setting.works().await;
}

async fn a_session_that_an_administrator_ends(place: &Place) {
    let setting = setting(place, narrow()).await;
    let db = &setting.db;
    let tx = db.begin().await.unwrap();
    User::insert(user("gone")).execute(&tx).await.unwrap();
    setting.place.end_sessions();
    let error = User::insert(user("gone, too")).execute(&tx).await.unwrap_err();
    assert!(is_lost(&error), "{error}");
    drop(tx);
    setting.works().await;
    assert_eq!(setting.count(), 0);
}

/// Tasks go on adding to counters while the line is cut again and again: what was said to be done is there, once.
async fn under_fire(place: &Place) {
    let setting = setting(place, Options::new().max_connections(4)).await;
    let sure = Arc::new(AtomicU32::new(0));
    let unsure = Arc::new(AtomicU32::new(0));
    let tasks: Vec<_> = (0..6)
        .map(|task| {
            let (db, sure, unsure) = (setting.db.clone(), sure.clone(), unsure.clone());
            tokio::spawn(async move {
                for n in 0..25 {
                    let name = format!("{task} {n}");
                    let name = &name;
                    let done: Result<()> = db
                        .transaction(|tx| async move {
                            User::insert(user(name)).execute(&tx).await?;
                            User::insert(user(&format!("{name} again"))).execute(&tx).await.map(drop)
                        })
                        .await;
                    match done.as_ref().map_err(Error::kind) {
                        Ok(()) => drop(sure.fetch_add(1, Ordering::SeqCst)),
                        Err(ErrorKind::OutcomeUnknown) => drop(unsure.fetch_add(1, Ordering::SeqCst)),
                        Err(ErrorKind::ConnectionLost(_) | ErrorKind::Connect { .. }) => {}
                        Err(other) => panic!("{other:?}"),
                    }
                }
            })
        })
        .collect();
    for _ in 0..10 {
        tokio::time::sleep(Duration::from_millis(15)).await;
        setting.proxy.cut();
    }
    for task in tasks {
        task.await.unwrap();
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    // connections that were cut while nobody used them are noticed by whoever uses them next
    for _ in 0..4 {
        match User::query().count(&setting.db).await {
            Ok(_) => break,
            Err(error) => assert!(is_lost(&error), "{error}"),
        }
    }
    let (sure, unsure) = (u64::from(sure.load(Ordering::SeqCst)), u64::from(unsure.load(Ordering::SeqCst)));
    let count = setting.count();
    assert!(count % 2 == 0, "a transaction is there in part: {count}");
    assert!((2 * sure..=2 * (sure + unsure)).contains(&count), "{count} rows of {sure} and perhaps {unsure}");
    assert!(sure > 0);
    setting.works().await;
}
