//! Sessions: how one is opened and brought into the state that types rely on.

use futures_util::StreamExt;
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Either, Executor, PgConnection, Row};

use super::PostgresBackend;
use super::error::{connect_words, failure};
use crate::error::{Error, ErrorKind, Result};
use crate::options::Options;
use crate::server::guard::Guard;

/// What is known of a session.
#[derive(Clone, Debug)]
pub(super) struct Session {
    /// The process that serves it.
    pub(super) process: i32,
    /// When that process began, in seconds: process numbers come back.
    pub(super) began: String,
    /// Major and minor version of the server.
    pub(super) version: (u16, u16),
}

/// The statement that sets a session up, in one round trip.
pub(super) struct Setup {
    sql: String,
    /// The same without the setting that not every platform has.
    plain: String,
}

/// Settings that must be so whatever the server, the role or the database say.
const CONTRACT: [(&str, &str); 4] =
    [("TimeZone", "UTC"), ("client_encoding", "UTF8"), ("standard_conforming_strings", "on"), ("array_nulls", "on")];

/// How often the server looks, while a statement runs, whether its client is still there.
const WATCH: &str = "CASE WHEN current_setting('client_connection_check_interval', true) IS NOT NULL \
                     THEN set_config('client_connection_check_interval', '100ms', false) END";

impl Setup {
    /// What `options` ask of a session.
    pub(super) fn of(options: &Options) -> Setup {
        let mut sql = "SELECT pg_backend_pid(), current_setting('server_version_num'), \
                       (SELECT extract(epoch FROM backend_start) FROM pg_stat_get_activity(pg_backend_pid()))"
            .to_owned();
        for (name, value) in CONTRACT {
            sql.push_str(&format!(", set_config('{name}', '{value}', false)"));
        }
        for (name, timeout) in
            [("statement_timeout", options.statement_timeout), ("lock_timeout", options.lock_timeout)]
        {
            if let Some(timeout) = timeout {
                // nought would mean no limit
                let millis = timeout.as_millis().clamp(1, i32::MAX as u128);
                sql.push_str(&format!(", set_config('{name}', '{millis}', false)"));
            }
        }
        Setup { plain: sql.clone(), sql: format!("{sql}, {WATCH}") }
    }
}

/// Opens a session and sets it up.
///
/// # Errors
/// `Connect` without the password; `Session` if the server refuses a setting that types rely on.
pub(super) async fn open(backend: &PostgresBackend) -> Result<(PgConnection, Session)> {
    let unreachable = |why: String| Error::new(ErrorKind::Connect { address: backend.address.clone(), why });
    let work = async {
        let mut driver = connect(&backend.driver, &unreachable).await?;
        let session = match setup(&mut driver, &backend.setup.sql).await {
            // a platform that cannot watch its clients refuses the setting
            Err(error) if error.database().is_some_and(|e| e.code == "22023") => {
                setup(&mut driver, &backend.setup.plain).await
            }
            other => other,
        };
        match session {
            Ok(session) => Ok((driver, session)),
            Err(error) => Err(match error.kind() {
                ErrorKind::Database(said) => Error::new(ErrorKind::Session(said.message_with_data().to_owned())),
                ErrorKind::ConnectionLost(why) => unreachable(why.clone()),
                _ => error,
            }),
        }
    };
    match tokio::time::timeout(backend.connect_timeout, Guard::default().run(work)).await {
        Ok(Err(error)) if matches!(error.kind(), ErrorKind::ConnectionLost(_)) => {
            Err(unreachable("what answers there does not speak PostgreSQL's protocol".to_owned()))
        }
        Ok(result) => result,
        Err(_) => Err(unreachable(format!("no answer within {:?}", backend.connect_timeout))),
    }
}

async fn connect(options: &PgConnectOptions, unreachable: &impl Fn(String) -> Error) -> Result<PgConnection> {
    options.connect().await.map_err(|error| {
        let answer = unreachable(connect_words(&error, options));
        match error {
            sqlx::Error::Io(source) => answer.with_source(source),
            _ => answer,
        }
    })
}

async fn setup(driver: &mut PgConnection, sql: &str) -> Result<Session> {
    let row = one_row(driver, sql).await?;
    let nonsense = || Error::new(ErrorKind::Session("the server says nothing sensible of itself".to_owned()));
    let text = |i: usize| row.as_ref().and_then(|row| text(row, i)).ok_or_else(nonsense);
    let process = text(0)?.parse().map_err(|_| nonsense())?;
    let version: u32 = text(1)?.parse().map_err(|_| nonsense())?;
    let began = text(2)?;
    // it becomes part of a statement
    if !began.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return Err(nonsense());
    }
    let half = |v: u32| u16::try_from(v).map_err(|_| nonsense());
    Ok(Session { process, began: began.to_owned(), version: (half(version / 10_000)?, half(version % 10_000)?) })
}

/// Runs SQL text as it is and gives back the last row; its cells are text.
pub(super) async fn one_row(driver: &mut PgConnection, sql: &str) -> Result<Option<PgRow>> {
    let mut last = None;
    let mut answers = driver.fetch_many(sqlx::raw_sql(AssertSqlSafe(sql)));
    while let Some(answer) = answers.next().await {
        if let Either::Right(row) = answer.map_err(|error| failure(error).error)? {
            last = Some(row);
        }
    }
    Ok(last)
}

/// A cell of a row that came as text.
fn text(row: &PgRow, index: usize) -> Option<&str> {
    row.try_get_raw(index).ok()?.as_str().ok()
}
