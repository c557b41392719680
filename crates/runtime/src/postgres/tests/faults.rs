//! Servers that are not there, refuse, break off or talk nonsense; connections that are given up.

use futures_util::StreamExt;
use relvar_query::types::SqlType;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

use super::fake::{columns, error, greet, introduce, message, ready, row, server, welcome};
use super::{Rows, another, backend, connect, in_step, run};
use crate::backend::{Backend, Connection, Lane};
use crate::error::{Error, ErrorKind};
use crate::options::Options;
use crate::postgres::PostgresBackend;
use crate::server::harness::{hear, say};

/// Why connecting fails; shows that the password is kept out of it.
async fn refusal(backend: &PostgresBackend) -> String {
    let error = match backend.connect(Lane::Write).await {
        Ok(_) => panic!("it connected"),
        Err(error) => error,
    };
    let mut shown = format!("{error} {error:?} {:?}", error.kind());
    let mut source = std::error::Error::source(&error);
    while let Some(inner) = source {
        shown.push_str(&format!("{inner} {inner:?}"));
        source = inner.source();
    }
    assert!(!shown.contains("geheim"), "{shown}");
    match error.kind() {
        ErrorKind::Connect { address, why } => {
            assert_eq!(*address, backend.address());
            why.clone()
        }
        _ => panic!("{error}"),
    }
}

/// Whether this build can encrypt.
const TLS: bool = cfg!(any(feature = "tls-rustls", feature = "tls-native-tls"));

#[tokio::test]
async fn a_server_that_is_not_there() {
    let at =
        |url: &str| PostgresBackend::from_url(url, &Options::new().connect_timeout(Duration::from_secs(3))).unwrap();
    let why = refusal(&at("postgres://me:geheim@127.0.0.1:1/db")).await;
    assert!(why.contains("nothing listens there"), "{why}");
    let why = refusal(&at("postgres:///db?host=/nowhere&user=me&password=geheim")).await;
    assert!(why.contains("no such socket"), "{why}");
    let why = refusal(&at("postgres://me:geheim@no-such-host.invalid/db")).await;
    assert!(!why.is_empty());
    let url = super::url();
    let (host, _) = url.split('?').next().and_then(|url| url.rsplit_once('/')).expect("a database in the URL");
    let why = refusal(&at(&format!("{host}/no_such_database"))).await;
    assert!(why.contains("there is no database `no_such_database`"), "{why}");
    let why = refusal(&at("postgres://me:geheim@127.0.0.1:1/db?sslmode=require")).await;
    // the encryption is missed before or after the port is tried
    assert!(why.contains("no TLS") || why.contains("nothing listens"), "{why}");
    let listening = server(|mut stream| async move { hear(&mut stream).await }).await.address();
    let why = refusal(&at(&format!("postgres://me:geheim@{listening}?sslmode=require"))).await;
    let expected = if TLS { "does not speak PostgreSQL's protocol" } else { "no TLS" };
    assert!(why.contains(expected), "{why}");
}

#[tokio::test]
async fn a_server_that_refuses() {
    let wrong = server(|mut stream| async move {
        hear(&mut stream).await;
        say(&mut stream, &message(b'R', &3u32.to_be_bytes())).await;
        hear(&mut stream).await;
        say(&mut stream, &error("FATAL", "28P01", "password authentication failed for user \"me\"")).await;
    });
    assert_eq!(refusal(&wrong.await).await, "the password of user `me` is wrong");
    let full = server(|mut stream| async move {
        hear(&mut stream).await;
        say(&mut stream, &error("FATAL", "53300", "too many clients already")).await;
    });
    assert!(refusal(&full.await).await.contains("no connection left"));
    let silent = server(|mut stream| async move {
        hear(&mut stream).await;
        std::future::pending::<()>().await;
    });
    assert!(refusal(&silent.await).await.contains("no answer within 2s"));
    let closing = server(|mut stream| async move { hear(&mut stream).await });
    assert!(refusal(&closing.await).await.contains("closed the connection"));
    let web = server(|mut stream| async move {
        hear(&mut stream).await;
        say(&mut stream, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
    });
    let why = refusal(&web.await).await;
    assert!(why.contains("is it PostgreSQL that listens there?"), "{why}");
    let nonsense = server(|mut stream| async move {
        hear(&mut stream).await;
        say(&mut stream, b"* OK IMAP4rev1 ready\r\n").await;
    });
    let why = refusal(&nonsense.await).await;
    assert!(why.contains("does not speak PostgreSQL's protocol"), "{why}");
    let unset = server(|mut stream| async move {
        hear(&mut stream).await;
        let mut answer = message(b'R', &0u32.to_be_bytes());
        answer.extend(ready());
        say(&mut stream, &answer).await;
        hear(&mut stream).await;
        say(&mut stream, &[error("ERROR", "42501", "permission denied to set parameter"), ready()].concat()).await;
    });
    let error = unset.await.connect(Lane::Write).await.map(|_| ()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Session(why) if why.contains("permission")), "{error}");
}

#[tokio::test]
async fn a_platform_that_cannot_watch_its_clients() {
    let fake = server(|mut stream| async move {
        greet(&mut stream).await;
        hear(&mut stream).await;
        let text = "client_connection_check_interval must be set to 0 on this platform";
        say(&mut stream, &[error("ERROR", "22023", text), ready()].concat()).await;
        introduce(&mut stream).await;
    });
    assert_eq!(fake.await.connect(Lane::Write).await.unwrap().server_version(), (15, 1));
}

#[tokio::test]
async fn a_session_that_the_server_ends() {
    let c = &mut connect("relvar_pg_ended").await;
    let other = &mut another("relvar_pg_ended").await;
    other.script(&format!("SELECT pg_terminate_backend({}, 2000)", c.process())).await.unwrap();
    let error = run("SELECT 1").execute(c).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::ConnectionLost(_)), "{error}");
    assert_eq!(error.statement(), Some("SELECT 1"));
    assert!(c.is_broken());
    assert!(c.ping().await.is_err());

    let c = &mut another("relvar_pg_ended").await;
    let process = c.process();
    let (result, ended) = tokio::join!(run("SELECT pg_sleep(20)").execute(c), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        other.script(&format!("SELECT pg_terminate_backend({process})")).await
    });
    ended.unwrap();
    let error = result.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::ConnectionLost(why) if why.contains("terminat")), "{error}");
    assert!(c.is_broken());
}

/// How many sessions have this process number.
async fn sessions(c: &mut super::PostgresConnection, process: i32) -> i64 {
    run(&format!("SELECT count(*) FROM pg_stat_get_activity({process})")).column::<i64>(c).await.unwrap()[0]
}

#[tokio::test]
async fn what_was_given_up_has_ended_when_buried() {
    let c = &mut connect("relvar_pg_buried").await;
    c.script("CREATE TABLE t (n int)").await.unwrap();
    let backend = backend();

    // in the middle of a statement
    let mut victim = another("relvar_pg_buried").await;
    let process = victim.process();
    let sleeper = run("INSERT INTO t SELECT 1 FROM pg_sleep(60)").execute(&mut victim);
    assert!(tokio::time::timeout(Duration::from_millis(100), sleeper).await.is_err());
    assert_eq!(sessions(c, process).await, 1);
    let start = Instant::now();
    assert!(backend.bury(victim).await.is_none());
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    assert_eq!(sessions(c, process).await, 0);

    // in an open transaction, behind a script of several statements
    let mut victim = another("relvar_pg_buried").await;
    let process = victim.process();
    let script =
        victim.script("BEGIN; INSERT INTO t VALUES (2); SELECT pg_sleep(1.5); COMMIT; INSERT INTO t VALUES (3)");
    assert!(tokio::time::timeout(Duration::from_millis(100), script).await.is_err());
    backend.bury(victim).await;
    assert_eq!(sessions(c, process).await, 0);

    // waiting for a lock
    c.script("BEGIN; LOCK TABLE t").await.unwrap();
    let mut victim = another("relvar_pg_buried").await;
    let waiter = run("INSERT INTO t VALUES (4)").execute(&mut victim);
    assert!(tokio::time::timeout(Duration::from_millis(100), waiter).await.is_err());
    backend.bury(victim).await;
    c.script("COMMIT").await.unwrap();

    tokio::time::sleep(Duration::from_millis(1600)).await;
    assert_eq!(run("SELECT count(*) FROM t").column::<i64>(c).await.unwrap(), [0], "nothing happened afterwards");

    // many at once
    let mut victims = Vec::new();
    for _ in 0..20 {
        let mut victim = another("relvar_pg_buried").await;
        let sleeper = run("SELECT pg_sleep(60)").execute(&mut victim);
        assert!(tokio::time::timeout(Duration::from_millis(1), sleeper).await.is_err());
        victims.push(victim);
    }
    let processes: Vec<i32> = victims.iter().map(|v| v.process()).collect();
    futures_util::future::join_all(victims.into_iter().map(|victim| backend.bury(victim))).await;
    for process in processes {
        assert_eq!(sessions(c, process).await, 0);
    }
}

#[tokio::test]
async fn a_burial_without_a_server_ends() {
    let gone = server(|mut stream| async move { welcome(&mut stream).await }).await;
    let connection = gone.connect(Lane::Write).await.unwrap();
    let start = Instant::now();
    gone.bury(connection).await;
    assert!(start.elapsed() < Duration::from_secs(7), "{:?}", start.elapsed());
}

/// Runs `SELECT` on a server that answers with `answer` to Parse, and with `rows` to Execute.
async fn answered(answer: Vec<u8>, rows: Vec<u8>) -> (Result<Vec<(i64, String)>, Error>, bool) {
    let fake = server(move |mut stream: TcpStream| {
        let (answer, rows) = (answer.clone(), rows.clone());
        async move {
            welcome(&mut stream).await;
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

/// What a server says of a statement with a bigint and a text.
fn prepared() -> Vec<u8> {
    [message(b'1', b""), message(b't', &[0, 0]), columns(&[20, 25]), ready()].concat()
}

/// What a server says when it runs.
fn executed() -> Vec<u8> {
    let row = row(&[&5i64.to_be_bytes(), b"five"]);
    [message(b'2', b""), row, message(b'C', b"SELECT 1\0"), message(b'3', b""), ready()].concat()
}

#[tokio::test]
async fn a_server_that_breaks_the_protocol_is_an_error() {
    let (rows, broken) = answered(prepared(), executed()).await;
    assert_eq!(rows.unwrap(), [(5, "five".to_owned())], "the well-behaved answer is understood");
    assert!(!broken);

    let bind = message(b'2', b"");
    let five = 5i64.to_be_bytes();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("a row that is too short", row(&[&five])),
        ("a row without cells", row(&[])),
        ("a row without a body", message(b'D', b"")),
        ("a cell longer than its row", message(b'D', b"\0\x02\0\0\0\x08\0\0\0\0\0\0\0\x05\0\0\xff\xffx")),
        ("a message of an unknown type", message(b'!', b"x")),
        ("a length of less than nothing", vec![b'D', 0, 0, 0, 0]),
        ("an error without fields", message(b'E', b"")),
        ("an error that is not UTF-8", message(b'E', b"SERROR\0C22\xff12\0M\xff\0\0")),
        ("another description", columns(&[25, 25])),
    ];
    for (what, bytes) in cases {
        let (result, broken) = answered(prepared(), [bind.clone(), bytes, executed()[5..].to_vec()].concat()).await;
        let error = result.expect_err(what);
        match error.kind() {
            ErrorKind::ConnectionLost(_) => assert!(broken, "{what}"),
            ErrorKind::Database(_) => assert_eq!(what, "an error without fields"),
            ErrorKind::Drift { .. } => assert_eq!(what, "another description"),
            _ => panic!("{what}: {error}"),
        }
    }
    let (result, broken) = answered(prepared(), executed()[..30].to_vec()).await;
    assert!(matches!(result.unwrap_err().kind(), ErrorKind::ConnectionLost(why) if why.contains("closed")));
    assert!(broken);
    // a cell of the wrong width is a decode error that names the column
    let short = [bind, row(&[b"x", b"y"]), message(b'C', b"SELECT 1\0"), ready()].concat();
    let (result, broken) = answered(prepared(), short).await;
    let error = result.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Decode { column, .. } if column == "t.c0"), "{error}");
    assert!(!broken);
}

#[tokio::test]
async fn no_damage_to_an_answer_makes_a_panic() {
    // every byte damaged, every message cut off; but for the first byte of a length, which would ask for gigabytes
    let lengths = |bytes: &[u8]| {
        let (mut at, mut starts) = (0, Vec::new());
        while at + 5 <= bytes.len() {
            starts.push(at + 1);
            at += 1 + u32::from_be_bytes(bytes[at + 1..at + 5].try_into().unwrap()) as usize;
        }
        starts
    };
    let (parse, execute) = (prepared(), executed());
    let (parse_lengths, execute_lengths) = (lengths(&parse), lengths(&execute));
    let mut runs = Vec::new();
    for damage in [0x01, 0x80, 0xff] {
        let damaged = |bytes: &[u8], i: usize| {
            let mut bytes = bytes.to_vec();
            bytes[i] ^= damage;
            bytes
        };
        for i in (0..parse.len()).filter(|i| !parse_lengths.contains(i)) {
            runs.push((damaged(&parse, i), execute.clone()));
        }
        for i in (0..execute.len()).filter(|i| !execute_lengths.contains(i)) {
            runs.push((parse.clone(), damaged(&execute, i)));
        }
    }
    runs.extend((0..parse.len()).map(|i| (parse[..i].to_vec(), vec![])));
    runs.extend((0..execute.len()).map(|i| (parse.clone(), execute[..i].to_vec())));
    let count = runs.len();
    let mut right = 0;
    let mut answers =
        futures_util::stream::iter(runs).map(|(parse, execute)| answered(parse, execute)).buffer_unordered(16);
    // a panic would fail the test here
    while let Some((result, _)) = answers.next().await {
        right += usize::from(result.is_ok_and(|rows| rows == [(5, "five".to_owned())]));
    }
    assert!(count > 400 && right < count / 2, "{right} of {count} were as if nothing had happened");
    in_step(&mut another("public").await).await;
}
