//! Servers that refuse, break off or talk nonsense; connections that are given up.

use futures_util::StreamExt;
use relvar_query::types::SqlType;
use std::future::Future;
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

use super::fake::{self, column, end, greet, greeting, packet, settings, welcome};
use super::{Rows, Site, another, connect, in_step, on_both, run, server, sessions};
use crate::backend::{Backend, Connection, Lane};
use crate::error::{Error, ErrorKind};
use crate::mysql::Server;
use crate::server::burial::AT_ONCE;
use crate::server::harness::{hear, say};

on_both! {
    a_server_that_refuses
    a_contract_that_cannot_be_had
    a_session_that_the_server_ends
    what_was_given_up_has_ended_when_buried
    a_burial_without_a_server_ends
    a_server_that_breaks_the_protocol_is_an_error
    no_damage_to_an_answer_makes_a_panic
    a_begin_that_was_dropped_is_nobodys
}

/// Why connecting to this server fails.
async fn refusal<D: Site>(server: Server<D>) -> String {
    let Err(error) = server.connect(Lane::Write).await else { panic!("it connected") };
    assert!(!format!("{error} {error:?}").contains("geheim"), "{error}");
    match error.kind() {
        ErrorKind::Connect { why, .. } => why.clone(),
        _ => panic!("{error}"),
    }
}

async fn a_server_that_refuses<D: Site>() {
    let said = |number, state: &'static str, text: &'static str| {
        fake::server::<D, _, _>(move |mut stream| async move {
            say(&mut stream, &greeting(fake::version::<D>())).await;
            hear(&mut stream).await;
            say(&mut stream, &fake::error(number, state, text)).await;
        })
    };
    let wrong = said(1045, "28000", "Access denied for user 'me'@'localhost' (using password: YES)").await;
    assert!(refusal(wrong).await.contains("the password of user `me` is wrong"));
    let full = said(1040, "08004", "Too many connections").await;
    assert!(refusal(full).await.contains("no connection left: Too many"));
    assert_eq!(refusal(said(1049, "42000", "Unknown database 'db'").await).await, "there is no database `db`");
    let denied = said(1044, "42000", "Access denied for user 'me'@'%' to database 'db'").await;
    assert_eq!(refusal(denied).await, "user `me` may not use the database `db`");
    let blocked = fake::server::<D, _, _>(|mut stream| async move {
        let mut body = vec![0xff];
        body.extend(1130u16.to_le_bytes());
        body.extend(b"Host 'x' is not allowed to connect to this server");
        say(&mut stream, &packet(0, &body)).await;
    });
    assert!(refusal(blocked.await).await.contains("is not allowed to connect"));
    let silent = fake::server::<D, _, _>(|stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    });
    assert!(refusal(silent.await).await.contains("no answer within 2s"));
    let closing = fake::server::<D, _, _>(|_stream| async move {});
    assert!(refusal(closing.await).await.contains("closed the connection"));
    let web = fake::server::<D, _, _>(|mut stream| async move {
        say(&mut stream, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
    });
    assert!(!refusal(web.await).await.is_empty());
    let nonsense = fake::server::<D, _, _>(|mut stream| async move { say(&mut stream, &packet(0, b"*")).await });
    let why = refusal(nonsense.await).await;
    assert!(why.contains("does not speak"), "{why}");
    let plugin = fake::server::<D, _, _>(|mut stream| async move {
        let mut bytes = greeting(fake::version::<D>());
        let at = bytes.len() - "mysql_native_password\0".len();
        bytes[at..at + 5].copy_from_slice(b"retin");
        say(&mut stream, &bytes).await;
    });
    let why = refusal(plugin.await).await;
    assert!(why.contains("a method that is not supported"), "{why}");
}

async fn a_contract_that_cannot_be_had<D: Site>() {
    let refused = |answer: Vec<u8>| {
        fake::server::<D, _, _>(move |mut stream| {
            let answer = answer.clone();
            async move {
                greet::<D>(&mut stream).await;
                hear(&mut stream).await;
                say(&mut stream, &answer).await;
                hear(&mut stream).await;
            }
        })
    };
    // one that takes no notice of what it is told
    let deaf = refused(settings::<D>("ANSI_QUOTES,NO_BACKSLASH_ESCAPES")).await;
    let error = deaf.connect(Lane::Write).await.map(|_| ()).unwrap_err();
    let words = |why: &str| why.contains("`sql_mode`") && why.contains("ANSI_QUOTES") && why.contains("STRICT_ALL");
    assert!(matches!(error.kind(), ErrorKind::Session(why) if words(why)), "{error}");
    // one that refuses
    let unknown = refused(fake::error(1193, "HY000", "Unknown system variable 'completion_type'")).await;
    let error = unknown.connect(Lane::Write).await.map(|_| ()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Session(why) if why.contains("completion_type")), "{error}");
    // one that leaves something out
    let all = settings::<D>("STRICT");
    let first = refused(fake::ok(false)).await.connect(Lane::Write).await.map(|_| ()).unwrap_err();
    assert!(matches!(first.kind(), ErrorKind::Session(_)), "{first}");
    // and one that does all of it
    let fine = refused(all).await.connect(Lane::Write).await.unwrap();
    assert_eq!(fine.id(), 7);
}

async fn a_session_that_the_server_ends<D: Site>() {
    let c = &mut connect::<D>("relvar_my_ended").await;
    let other = &mut another::<D>("relvar_my_ended").await;
    other.script(&format!("KILL {}", c.id())).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let error = run("SELECT 1").execute(c).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::ConnectionLost(_)), "{error}");
    assert_eq!(error.statement(), Some("SELECT 1"));
    assert!(c.is_broken());
    assert!(c.ping().await.is_err());

    let c = &mut another::<D>("relvar_my_ended").await;
    let id = c.id();
    let (result, ended) = tokio::join!(run("SELECT SLEEP(20) FROM information_schema.tables").execute(c), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        other.script(&format!("KILL {id}")).await
    });
    ended.unwrap();
    let error = result.unwrap_err();
    assert!(c.is_broken() || error.database().is_some(), "{error}");
    assert!(run("SELECT 1").execute(c).await.is_err());
    assert!(c.is_broken());
}

async fn what_was_given_up_has_ended_when_buried<D: Site>() {
    let c = &mut connect::<D>("relvar_my_buried").await;
    c.script("CREATE TABLE t (n int)").await.unwrap();
    let server = server::<D>();

    // in the middle of a statement
    let mut victim = another::<D>("relvar_my_buried").await;
    let id = victim.id();
    let sleeper = run("INSERT INTO t SELECT 1 FROM (SELECT SLEEP(60)) AS s").execute(&mut victim);
    assert!(tokio::time::timeout(Duration::from_millis(100), sleeper).await.is_err());
    assert_eq!(sessions::<D>(c, id).await, 1);
    let start = Instant::now();
    assert!(server.bury(victim).await.is_none());
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    assert_eq!(sessions::<D>(c, id).await, 0);

    // in an open transaction, behind a script of several statements
    let mut victim = another::<D>("relvar_my_buried").await;
    let id = victim.id();
    let script =
        victim.script("START TRANSACTION; INSERT INTO t VALUES (2); DO SLEEP(1.5); COMMIT; INSERT INTO t VALUES (3)");
    assert!(tokio::time::timeout(Duration::from_millis(100), script).await.is_err());
    server.bury(victim).await;
    assert_eq!(sessions::<D>(c, id).await, 0);

    // waiting for a lock
    c.script("LOCK TABLES t WRITE").await.unwrap();
    let mut victim = another::<D>("relvar_my_buried").await;
    let waiter = run("INSERT INTO t VALUES (4)").execute(&mut victim);
    assert!(tokio::time::timeout(Duration::from_millis(100), waiter).await.is_err());
    server.bury(victim).await;
    c.script("UNLOCK TABLES").await.unwrap();

    // with rows of a transaction that it has locked: they are free
    let mut victim = another::<D>("relvar_my_buried").await;
    victim.script("START TRANSACTION; INSERT INTO t SELECT 5 FROM information_schema.columns").await.unwrap();
    server.bury(victim).await;
    c.script("SET lock_wait_timeout = 1; ALTER TABLE t ADD m int").await.unwrap();

    tokio::time::sleep(Duration::from_millis(1600)).await;
    assert_eq!(run("SELECT COUNT(*) FROM t").column::<i64>(c).await.unwrap(), [0], "nothing happened afterwards");

    // more at once than are buried at once
    let mut victims = Vec::new();
    for _ in 0..4 * AT_ONCE {
        let mut victim = another::<D>("relvar_my_buried").await;
        let sleeper = run("SELECT SLEEP(60)").execute(&mut victim);
        assert!(tokio::time::timeout(Duration::from_millis(1), sleeper).await.is_err());
        victims.push(victim);
    }
    let ids: Vec<u64> = victims.iter().map(|victim| victim.id()).collect();
    futures_util::future::join_all(victims.into_iter().map(|victim| server.bury(victim))).await;
    for id in ids {
        assert_eq!(sessions::<D>(c, id).await, 0);
    }
}

async fn a_burial_without_a_server_ends<D: Site>() {
    let gone = fake::server::<D, _, _>(|mut stream| async move { welcome::<D>(&mut stream).await }).await;
    let connection = gone.connect(Lane::Write).await.unwrap();
    let start = Instant::now();
    gone.bury(connection).await;
    assert!(start.elapsed() < Duration::from_secs(7), "{:?}", start.elapsed());
}

/// The first await of a begin, dropped: what the next one writes is there.
async fn a_begin_that_was_dropped_is_nobodys<D: Site>() {
    let c = &mut connect::<D>("relvar_my_dropped").await;
    c.script("CREATE TABLE t (n int)").await.unwrap();
    let (scheme, rest) = { super::url::<D>().split_once("://").map(|(s, r)| (s.to_owned(), r.to_owned())).unwrap() };
    let place = rest.split('/').next().unwrap();
    let url = format!("{scheme}://{place}/relvar_my_dropped");
    let db = crate::AnyDb::connect_with(&url, crate::Options::new().max_connections(1)).await.unwrap();
    for polls in 1..6 {
        let mut begin = Box::pin(db.begin());
        for _ in 0..polls {
            let polled = std::future::poll_fn(|context| Poll::Ready(begin.as_mut().poll(context).is_ready())).await;
            if polled {
                break;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        drop(begin);
        db.raw_script("INSERT INTO t VALUES (1)").await.unwrap();
        assert_eq!(run("SELECT COUNT(*) FROM t").column::<i64>(c).await.unwrap(), [polls]);
    }
    db.close().await;
}

/// Runs `SELECT` on a server that answers with `answer` to the preparation, and with `rows` to the execution.
async fn answered<D: Site>(answer: Vec<u8>, rows: Vec<u8>) -> (Result<Vec<(i64, String)>, Error>, bool) {
    let fake = fake::server::<D, _, _>(move |mut stream: TcpStream| {
        let (answer, rows) = (answer.clone(), rows.clone());
        async move {
            welcome::<D>(&mut stream).await;
            hear(&mut stream).await;
            say(&mut stream, &answer).await;
            // a client that waits for the rest of a damaged answer must be let down some time
            let _ = tokio::time::timeout(Duration::from_millis(200), hear(&mut stream)).await;
            say(&mut stream, &rows).await;
        }
    });
    let mut connection = fake.await.connect(Lane::Write).await.unwrap();
    let mut select = run("SELECT");
    select.expected = vec![i64::SQL_TYPE, String::SQL_TYPE];
    let mut rows = Rows { read: |c| Ok((c.read()?, c.read()?)), rows: Vec::new(), enough: usize::MAX };
    let work = select.on(&mut connection, &mut rows);
    let result = tokio::time::timeout(Duration::from_secs(5), work).await.expect("it ends");
    (result.map(|_| rows.rows), connection.is_broken())
}

const BIGINT: u8 = 8;
const VARCHAR: u8 = 0xfd;

/// What a server says of a statement with a bigint and a text.
fn prepared() -> Vec<u8> {
    let header = packet(1, &[0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0]);
    [header, column(BIGINT), column(VARCHAR)].concat()
}

/// What a server says when it runs, with these packets for rows.
fn executed(rows: &[u8]) -> Vec<u8> {
    [packet(1, &[2]), column(BIGINT), column(VARCHAR), rows.to_vec(), end(false)].concat()
}

/// A row of 5 and `five`.
fn five() -> Vec<u8> {
    packet(4, b"\0\0\x05\0\0\0\0\0\0\0\x04five")
}

async fn a_server_that_breaks_the_protocol_is_an_error<D: Site>() {
    let (rows, broken) = answered::<D>(prepared(), executed(&five())).await;
    assert_eq!(rows.unwrap(), [(5, "five".to_owned())], "the well-behaved answer is understood");
    assert!(!broken);
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("a row that is too short", packet(4, b"\0\0\x05\0\0\0\0\0\0\0")),
        ("a row without cells", packet(4, b"\0")),
        ("a row of nothing", packet(4, b"")),
        ("a cell longer than its row", packet(4, b"\0\0\x05\0\0\0\0\0\0\0\xfafive")),
        ("a row of another kind", packet(4, b"\x07\0\x05\0\0\0\0\0\0\0\x04five")),
        ("an error that is too short", packet(4, b"\xff\x01")),
    ];
    for (what, bytes) in cases {
        let (result, broken) = answered::<D>(prepared(), executed(&bytes)).await;
        let error = result.expect_err(what);
        assert!(matches!(error.kind(), ErrorKind::ConnectionLost(_) | ErrorKind::Decode { .. }), "{what}: {error}");
        assert!(broken || matches!(error.kind(), ErrorKind::Decode { .. }), "{what}");
    }
    let other = [packet(1, &[2]), column(VARCHAR), column(VARCHAR), end(false)].concat();
    let (result, _) = answered::<D>(prepared(), other).await;
    assert!(result.unwrap().is_empty(), "without rows there is nothing to check");
    let row = packet(4, b"\0\0\x01x\x04five");
    let other = [packet(1, &[2]), column(VARCHAR), column(VARCHAR), row, end(false)].concat();
    let (result, broken) = answered::<D>(prepared(), other).await;
    assert!(matches!(result.unwrap_err().kind(), ErrorKind::Drift { .. }));
    assert!(!broken);
    let (result, broken) = answered::<D>(prepared(), executed(&five())[..30].to_vec()).await;
    assert!(matches!(result.unwrap_err().kind(), ErrorKind::ConnectionLost(why) if why.contains("closed")));
    assert!(broken);
    // an error behind the rows is an error
    let late = [packet(1, &[2]), column(BIGINT), column(VARCHAR), five(), fake::error(1317, "70100", "interrupted")];
    let (result, broken) = answered::<D>(prepared(), late.concat()).await;
    assert_eq!(result.unwrap_err().category(), Some(crate::error::Category::Cancelled));
    assert!(!broken);
    // text that is none
    let (result, broken) = answered::<D>(prepared(), executed(&packet(4, b"\0\0\x05\0\0\0\0\0\0\0\x02\xff\xff"))).await;
    let error = result.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Decode { column, .. } if column == "t.c1"), "{error}");
    assert!(!broken);
}

async fn no_damage_to_an_answer_makes_a_panic<D: Site>() {
    let (prepare, execute) = (prepared(), executed(&five()));
    let mut runs = Vec::new();
    for damage in [0x01, 0x80, 0xff] {
        let damaged = |bytes: &[u8], i: usize| {
            let mut bytes = bytes.to_vec();
            bytes[i] ^= damage;
            bytes
        };
        runs.extend((0..prepare.len()).map(|i| (damaged(&prepare, i), execute.clone())));
        runs.extend((0..execute.len()).map(|i| (prepare.clone(), damaged(&execute, i))));
    }
    runs.extend((0..prepare.len()).map(|i| (prepare[..i].to_vec(), vec![])));
    runs.extend((0..execute.len()).map(|i| (prepare.clone(), execute[..i].to_vec())));
    let count = runs.len();
    let mut right = 0;
    let mut answers =
        futures_util::stream::iter(runs).map(|(prepare, execute)| answered::<D>(prepare, execute)).buffer_unordered(16);
    // a panic would fail the test here
    while let Some((result, _)) = answers.next().await {
        right += usize::from(result.is_ok_and(|rows| rows == [(5, "five".to_owned())]));
    }
    assert!(count > 400 && right < count, "{right} of {count} were as if nothing had happened");
    in_step(&mut another::<D>("information_schema").await).await;
}
