//! A database in memory for tests: it keeps transactions as a server does, records what happens, waits at
//! every await point, and fails on request.

use futures_core::future::BoxFuture;
use relvar_query::dialect::Engine;
use relvar_query::types::{Cell, Cells, DecodeError};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use crate::backend::sink::room;
use crate::backend::{Backend, Connection, Done, Lane, Lanes, Request, RowSink, Work};
use crate::error::{Category, DatabaseError, Error, ErrorKind, Result};
use crate::options::Options;
use crate::transaction::Begin;

/// What tests see of a database and what they ask of it.
#[derive(Clone)]
pub(crate) struct Fake(Arc<Mutex<Server>>);

pub(crate) struct Server {
    pub(crate) lanes: Lanes,
    /// Whether a burial gives the connection back, rolled back.
    pub(crate) revives: bool,
    /// Whether an error in a transaction leaves only a rollback.
    pub(crate) aborts: bool,
    /// Every statement and event, behind the number of its connection.
    pub(crate) log: Vec<String>,
    /// Writes that are permanent.
    pub(crate) committed: Vec<String>,
    /// Errors that statements with such a start meet, each once.
    pub(crate) failures: VecDeque<(&'static str, ErrorKind)>,
    /// Connections break with the error.
    pub(crate) breaks: bool,
    /// The cells of the rows that statements with such a start give.
    pub(crate) rows: Vec<(&'static str, Vec<i64>)>,
    /// What each run asked for: whether it was kept prepared, and its work.
    pub(crate) requests: Vec<(bool, Work, Option<u64>, usize)>,
    pub(crate) open: usize,
    pub(crate) most_open: usize,
    next: usize,
}

impl Fake {
    pub(crate) fn new(write: u32) -> Fake {
        super::observe::attend();
        Fake(Arc::new(Mutex::new(Server {
            lanes: Lanes { write, read: None, permanent: false },
            revives: false,
            aborts: false,
            log: Vec::new(),
            committed: Vec::new(),
            failures: VecDeque::new(),
            breaks: false,
            rows: Vec::new(),
            requests: Vec::new(),
            open: 0,
            most_open: 0,
            next: 0,
        })))
    }

    pub(crate) fn with<T>(&self, f: impl FnOnce(&mut Server) -> T) -> T {
        f(&mut self.0.lock().unwrap())
    }

    pub(crate) fn fail(&self, start: &'static str, kind: ErrorKind) {
        self.with(|server| server.failures.push_back((start, kind)));
    }

    pub(crate) fn log(&self) -> Vec<String> {
        self.with(|server| std::mem::take(&mut server.log))
    }

    pub(crate) fn committed(&self) -> Vec<String> {
        self.with(|server| server.committed.clone())
    }

    fn record(&self, id: usize, what: &str) {
        self.with(|server| server.log.push(format!("{id}: {what}")));
    }
}

/// An error of the database of this class.
pub(crate) fn database(category: Category) -> ErrorKind {
    ErrorKind::Database(DatabaseError { category, code: "X".into(), message: "as asked".into(), ..Default::default() })
}

/// A statement by its verb and table: `SELECT t`. Others as they are.
fn short(sql: &str) -> String {
    let verb = sql.split(' ').next().unwrap_or_default();
    let table = [" FROM \"", "INTO \""].iter().find_map(|before| {
        let (_, rest) = sql.split_once(before)?;
        rest.split('"').next()
    });
    match table {
        Some(table) => format!("{verb} {table}"),
        None => sql.to_owned(),
    }
}

/// Waits once, as for an answer.
async fn wait() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await
}

impl Backend for Fake {
    type Connection = FakeConnection;
    const ENGINE: Engine = Engine::Sqlite;
    const SCHEMES: &'static [&'static str] = &["fake"];

    fn from_url(_url: &str, _options: &Options) -> Result<Fake> {
        Ok(Fake::new(2))
    }

    fn address(&self) -> String {
        "fake:".into()
    }

    fn lanes(&self) -> Lanes {
        self.with(|server| server.lanes)
    }

    fn errors_abort_transactions(&self) -> bool {
        self.with(|server| server.aborts)
    }

    fn begin_sql(&self, begin: &Begin) -> Result<Cow<'static, str>> {
        let mut sql = String::from("BEGIN");
        if let Some(isolation) = begin.isolation {
            sql += " ISOLATION LEVEL ";
            sql += isolation.sql();
        }
        if begin.read_only {
            sql += " READ ONLY";
        }
        if begin.deferrable {
            sql += " DEFERRABLE";
        }
        Ok(sql.into())
    }

    async fn connect(&self, lane: Lane) -> Result<FakeConnection> {
        wait().await;
        let id = self.with(|server| {
            server.open += 1;
            server.most_open = server.most_open.max(server.open);
            server.next += 1;
            server.next
        });
        let connection = FakeConnection { fake: self.clone(), id, broken: false, session: Session::default() };
        let failure = self.take_failure("connect");
        self.record(id, if lane == Lane::Read { "connect to read" } else { "connect" });
        wait().await;
        failure.map_or(Ok(connection), Err)
    }

    async fn bury(&self, mut connection: FakeConnection) -> Option<FakeConnection> {
        wait().await;
        self.record(connection.id, "bury");
        wait().await;
        if !self.with(|server| server.revives) {
            return None;
        }
        connection.session = Session::default();
        Some(connection)
    }
}

impl Fake {
    fn take_failure(&self, sql: &str) -> Option<Error> {
        self.with(|server| {
            let at = server.failures.iter().position(|(start, _)| sql.starts_with(start))?;
            server.failures.remove(at).map(|(_, kind)| Error::new(kind))
        })
    }
}

/// A connection, and the transaction that it is in.
pub(crate) struct FakeConnection {
    fake: Fake,
    id: usize,
    broken: bool,
    session: Session,
}

#[derive(Default)]
struct Session {
    in_transaction: bool,
    aborted: bool,
    writes: Vec<String>,
    /// Savepoints: the name, and how many writes there were.
    savepoints: Vec<(String, usize)>,
}

impl FakeConnection {
    fn execute(&mut self, sql: &str) -> Result<()> {
        let (fake, id, sql) = (self.fake.clone(), self.id, &*short(sql));
        fake.record(id, sql);
        if let Some(error) = fake.take_failure(sql) {
            if fake.with(|server| server.breaks) {
                self.broken = true;
            }
            self.session.aborted = self.session.in_transaction && fake.with(|server| server.aborts);
            return Err(error);
        }
        let session = &mut self.session;
        let words: Vec<&str> = sql.split(' ').collect();
        match words.as_slice() {
            ["BEGIN", ..] if session.in_transaction => return Err(Error::new(database(Category::Other))),
            ["BEGIN", ..] => session.in_transaction = true,
            ["ROLLBACK", "TO", "SAVEPOINT", name] => {
                let at = session.savepoints.iter().position(|(set, _)| set == name).expect("a savepoint that is set");
                session.writes.truncate(session.savepoints[at].1);
                session.savepoints.truncate(at + 1);
                session.aborted = false;
            }
            ["COMMIT"] if session.in_transaction => {
                let done = std::mem::take(session);
                if !done.aborted {
                    fake.with(|server| server.committed.extend(done.writes));
                }
            }
            ["ROLLBACK"] if session.in_transaction => *session = Session::default(),
            ["COMMIT" | "ROLLBACK"] => return Err(Error::new(database(Category::Other))),
            _ if session.aborted => return Err(Error::new(database(Category::Other))),
            ["SAVEPOINT", name] => session.savepoints.push((name.to_string(), session.writes.len())),
            ["RELEASE", "SAVEPOINT", name] => {
                let at = session.savepoints.iter().position(|(set, _)| set == name).expect("a savepoint that is set");
                session.savepoints.truncate(at);
            }
            ["INSERT" | "UPDATE" | "DELETE", ..] if session.in_transaction => session.writes.push(sql.into()),
            ["INSERT" | "UPDATE" | "DELETE", ..] => fake.with(|server| server.committed.push(sql.into())),
            _ => {}
        }
        Ok(())
    }
}

impl Drop for FakeConnection {
    fn drop(&mut self) {
        self.fake.with(|server| server.open -= 1);
        self.fake.record(self.id, "gone");
    }
}

struct Row(i64);

impl Cells for Row {
    fn cell(&self, index: usize) -> Result<Cell<'_>, DecodeError> {
        if index == 0 { Ok(Cell::Integer(self.0)) } else { Err(DecodeError::Missing) }
    }
}

impl Connection for FakeConnection {
    async fn run<'a>(&'a mut self, request: &'a Request<'a>, rows: &'a mut (dyn RowSink + 'a)) -> Result<Done> {
        wait().await;
        let fake = self.fake.clone();
        fake.with(|server| {
            let arguments = request.arguments.len();
            server.requests.push((request.persistent, request.work, request.stop_after, arguments));
        });
        self.execute(request.sql)?;
        let cells = fake.with(|server| {
            server.rows.iter().find(|(start, _)| short(request.sql).starts_with(start)).map(|(_, cells)| cells.clone())
        });
        for (sent, cell) in cells.iter().flatten().enumerate() {
            if request.stop_after.is_some_and(|most| sent as u64 >= most) {
                break;
            }
            room(rows).await;
            fake.record(self.id, "row");
            match rows.row(&Row(*cell)) {
                Ok(flow) if flow.is_continue() => {}
                Ok(_) => break,
                Err(bad) => {
                    let column = (request.label)(bad.position);
                    return Err(Error::new(ErrorKind::Decode { column, why: bad.why }));
                }
            }
        }
        wait().await;
        Ok(Done { affected: cells.map_or(1, |cells| cells.len() as u64) })
    }

    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            wait().await;
            for statement in sql.split("; ") {
                self.execute(statement)?;
                wait().await;
            }
            Ok(())
        })
    }

    fn is_broken(&self) -> bool {
        self.broken
    }

    fn ping(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            wait().await;
            self.execute("ping")
        })
    }

    async fn close(self) {
        wait().await;
        self.fake.record(self.id, "close");
    }

    fn server_version(&self) -> (u16, u16) {
        (1, 0)
    }
}
