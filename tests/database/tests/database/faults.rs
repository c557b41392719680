//! Faults of the line and of the server: nothing is lost, nothing is applied twice, the pool recovers.

use relvar::error::Category;
use relvar::prelude::*;
use relvar::{Error, ErrorKind, Options, Result};
use relvar_test_support::{Direction, FaultProxy, TempPostgres};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::place::Place;
use crate::tables::{User, create_users, user, users};

/// A database, a line to it that can fail, and a pool behind that line.
struct Setting {
    db: AnyDb,
    proxy: FaultProxy,
    server: TempPostgres,
}

async fn setting(options: Options) -> Option<Setting> {
    let Some(Place::Server(server)) = Place::server() else { return None };
    let proxy = server.proxy();
    // past the line, and without the limits that are under test
    create_users(&AnyDb::connect(server.url()).await.unwrap()).await;
    let db = AnyDb::connect_with(proxy.url(), options).await.unwrap();
    Some(Setting { db, proxy, server })
}

impl Setting {
    /// How many users there are, seen past the line.
    fn count(&self) -> u64 {
        self.server.scalar("SELECT count(*) FROM users").unwrap().parse().unwrap()
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

#[tokio::test]
async fn a_connection_cut_in_the_middle_of_an_answer() {
    let Some(setting) = setting(narrow()).await else { return };
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
#[tokio::test]
async fn a_write_whose_answer_is_lost_is_not_sent_twice() {
    let Some(setting) = setting(narrow()).await else { return };
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
        let there = setting.server.scalar(&format!("SELECT count(*) FROM users WHERE name = '{name}'")).unwrap();
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

#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_not_known() {
    let Some(setting) = setting(narrow()).await else { return };
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

#[tokio::test]
async fn a_transaction_whose_line_is_cut_has_done_nothing() {
    let Some(setting) = setting(narrow()).await else { return };
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
#[tokio::test]
async fn idle_connections_that_died() {
    let Some(setting) = setting(Options::new().max_connections(3).ping_after(Duration::ZERO)).await else { return };
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

#[tokio::test]
async fn a_stalled_server() {
    let Some(setting) = setting(narrow().connect_timeout(Duration::from_secs(2))).await else { return };
    let db = &setting.db;
    User::insert(user("there")).execute(db).await.unwrap();
    setting.proxy.stall();
    // the caller's own limit
    let given_up = tokio::time::timeout(Duration::from_millis(100), User::query().count(db)).await;
    assert!(given_up.is_err());
    setting.proxy.resume();
    setting.works().await;
}

#[tokio::test]
async fn a_statement_that_takes_longer_than_allowed() {
    let Some(setting) = setting(narrow().statement_timeout(Duration::from_millis(400))).await else { return };
    let db = &setting.db;
    let blocker = AnyDb::connect(setting.server.url()).await.unwrap();
    let tx = blocker.begin().await.unwrap();
    User::insert(user("taken")).execute(&tx).await.unwrap();
    let start = Instant::now();
    // waits for the other to commit or not
    let error = User::insert(user("taken")).execute(db).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::Cancelled), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_eq!(db.metrics().buried, 0, "the connection is as good as before");
    tx.rollback().await.unwrap();
    User::insert(user("taken")).execute(db).await.unwrap();
    setting.works().await;
}

#[tokio::test]
async fn a_server_that_refuses_and_comes_back() {
    let Some(setting) = setting(narrow().connect_timeout(Duration::from_secs(2))).await else { return };
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

#[tokio::test]
async fn a_session_that_an_administrator_ends() {
    let Some(setting) = setting(narrow()).await else { return };
    let db = &setting.db;
    let tx = db.begin().await.unwrap();
    User::insert(user("gone")).execute(&tx).await.unwrap();
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    setting.server.execute(end);
    let error = User::insert(user("gone, too")).execute(&tx).await.unwrap_err();
    assert!(is_lost(&error), "{error}");
    drop(tx);
    setting.works().await;
    assert_eq!(setting.count(), 0);
}

/// Tasks go on adding to counters while the line is cut again and again: what was said to be done is there, once.
#[tokio::test]
async fn under_fire() {
    let Some(setting) = setting(Options::new().max_connections(4)).await else { return };
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
    let (sure, unsure) = (u64::from(sure.load(Ordering::SeqCst)), u64::from(unsure.load(Ordering::SeqCst)));
    let count = setting.count();
    assert!(count % 2 == 0, "a transaction is there in part: {count}");
    assert!((2 * sure..=2 * (sure + unsure)).contains(&count), "{count} rows of {sure} and perhaps {unsure}");
    assert!(sure > 0);
    setting.works().await;
}
