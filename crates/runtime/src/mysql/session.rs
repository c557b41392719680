//! Sessions: how one is opened and brought into the state that types rely on.

use futures_util::StreamExt;
use sqlx::mysql::MySqlRow;
use sqlx::{AssertSqlSafe, ConnectOptions, Decode, Either, Executor, Row};
use std::fmt::Write;

use super::Server;
use super::error::{connect_words, failure};
use super::variant::{Dialect, Variant};
use crate::error::{Error, ErrorKind, Result};
use crate::options::Options;
use crate::server::guard::Guard;

/// What is known of a session.
#[derive(Clone, Debug)]
pub(super) struct Session {
    /// What kind of server it is of.
    pub(super) variant: &'static Variant,
    /// Its number on the server.
    pub(super) id: u64,
    /// Major and minor version of the server.
    pub(super) version: (u16, u16),
    /// How many bytes can be sent at once.
    pub(super) max_packet: usize,
    /// Whether a lock that was not had in time rolls back the whole transaction.
    pub(super) lock_timeout_rolls_back: bool,
}

/// The script that sets a session up, in one round trip.
pub(super) struct Setup {
    sql: String,
    /// What the settings are read as afterwards.
    wanted: Vec<(&'static str, String)>,
}

/// Refusals instead of silent changes; quotes and backslashes as the server has them by itself. What is
/// inserted as the number 0 stays one, as on other databases.
const SQL_MODE: &str = "STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,\
                        NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO";

/// Settings that must be so whatever the server and the user say: the variable, as it is set, as it is read.
const CONTRACT: &[(&str, &str, &str)] = &[
    ("time_zone", "'+00:00'", "+00:00"),
    ("autocommit", "1", "1"),
    ("completion_type", "'NO_CHAIN'", "NO_CHAIN"),
    ("sql_auto_is_null", "0", "0"),
    ("div_precision_increment", "12", "12"),
    // the longest packet that there can be limits it, too
    ("group_concat_max_len", "1073741824", "1073741824"),
    // names are read from messages
    ("lc_messages", "'en_US'", "en_US"),
];

/// What SET NAMES sets to `utf8mb4`. MariaDB compares bound values by the collation of the client's character set, which
/// nothing else can set.
const NAMES: [&str; 3] = ["character_set_client", "character_set_results", "character_set_connection"];

/// What the session says of itself. It comes first: what is wrong with the settings may be that they are
/// those of another kind of server.
const INTRODUCTION: &str = "SELECT version(), connection_id(), @@max_allowed_packet, @@innodb_rollback_on_timeout; ";

impl Setup {
    /// What `options` ask of a session.
    pub(super) fn of(variant: &Variant, options: &Options) -> Setup {
        let mut wanted = vec![("sql_mode", sorted(SQL_MODE))];
        let mut set = String::from("SET NAMES utf8mb4");
        wanted.extend(NAMES.map(|name| (name, "utf8mb4".to_owned())));
        // what text is compared by where no column has a word: character by character, spaces at the end too
        if let Some(collation) = variant.engine.syntax().collation {
            // writing to a string cannot fail
            let _ = write!(set, " COLLATE {collation}");
            wanted.push(("collation_connection", collation.to_owned()));
        }
        let _ = write!(set, ", SESSION sql_mode = '{SQL_MODE}'");
        for (name, value, read) in CONTRACT {
            let _ = write!(set, ", SESSION {name} = {value}");
            wanted.push((name, (*read).to_owned()));
        }
        // as much as there can be: other databases have no limit, either
        let _ = write!(set, ", SESSION {} = {}", variant.recursion_limit, u32::MAX);
        wanted.push((variant.recursion_limit, u32::MAX.to_string()));
        if let Some(timeout) = options.statement_timeout {
            let (name, value) = variant.statement_timeout;
            let _ = write!(set, ", SESSION {name} = {}", value(timeout));
        }
        if let Some(timeout) = options.lock_timeout {
            let seconds = timeout.as_millis().div_ceil(1000).clamp(1, 31_536_000);
            let _ =
                write!(set, ", SESSION innodb_lock_wait_timeout = {seconds}, SESSION lock_wait_timeout = {seconds}");
        }
        let read: Vec<String> = wanted.iter().map(|(name, _)| format!("@@SESSION.{name}")).collect();
        Setup { sql: format!("{INTRODUCTION}{set}; SELECT {}", read.join(", ")), wanted }
    }
}

/// What a session that keeps the contract says of it.
#[cfg(test)]
pub(super) fn contract(variant: &Variant) -> Vec<String> {
    let names = NAMES.map(|_| "utf8mb4".to_owned());
    let collation = variant.engine.syntax().collation.map(str::to_owned);
    let settings = CONTRACT.iter().map(|(_, _, read)| (*read).to_owned());
    let recursion = [u32::MAX.to_string()];
    std::iter::once(SQL_MODE.to_owned()).chain(names).chain(collation).chain(settings).chain(recursion).collect()
}

/// The modes in an order of ours.
fn sorted(modes: &str) -> String {
    let mut modes: Vec<&str> = modes.split(',').collect();
    modes.sort_unstable();
    modes.join(",")
}

/// Opens a session and sets it up.
///
/// # Errors
/// `Connect` without the password; `Session` if the server is of another kind, or refuses a setting that types
/// rely on.
pub(super) async fn open<D: Dialect>(server: &Server<D>) -> Result<(sqlx::MySqlConnection, Session)> {
    let unreachable = |why: String| Error::new(ErrorKind::Connect { address: server.address.clone(), why });
    let work = async {
        let mut driver = server.driver.connect().await.map_err(|error| {
            let answer = unreachable(connect_words(&error, &server.driver, D::VARIANT));
            match error {
                sqlx::Error::Io(source) => answer.with_source(source),
                _ => answer,
            }
        })?;
        match set_up(&mut driver, &server.setup, D::VARIANT).await {
            Ok(session) => Ok((driver, session)),
            Err(error) => Err(match error.kind() {
                ErrorKind::Database(said) => Error::new(ErrorKind::Session(said.message_with_data().to_owned())),
                ErrorKind::ConnectionLost(why) => unreachable(why.clone()),
                _ => error,
            }),
        }
    };
    match tokio::time::timeout(server.connect_timeout, Guard::default().run(work)).await {
        Ok(Err(error)) if matches!(error.kind(), ErrorKind::ConnectionLost(_)) => {
            let name = D::VARIANT.engine.name();
            Err(unreachable(format!("what answers there does not speak {name}'s protocol")))
        }
        Ok(result) => result,
        Err(_) => Err(unreachable(format!("no answer within {:?}", server.connect_timeout))),
    }
}

async fn set_up(driver: &mut sqlx::MySqlConnection, setup: &Setup, variant: &'static Variant) -> Result<Session> {
    let mut rows = Vec::new();
    let mut refused = None;
    let mut answers = driver.fetch_many(sqlx::raw_sql(AssertSqlSafe(setup.sql.as_str())));
    while let Some(answer) = answers.next().await {
        match answer {
            Ok(Either::Right(row)) => rows.push(row),
            Ok(Either::Left(_)) => {}
            Err(error) => refused = Some(failure(error, variant).error),
        }
    }
    drop(answers);
    // whoever it is says so before it refuses anything
    let session = rows.first().map(|row| introduced(row, variant)).transpose()?;
    if let Some(refused) = refused {
        return Err(refused);
    }
    for (i, (name, wanted)) in setup.wanted.iter().enumerate() {
        let found = rows.get(1).and_then(|row| text(row, i));
        let found = if *name == "sql_mode" { found.map(sorted) } else { found.map(str::to_owned) };
        if found.as_ref() != Some(wanted) {
            let found = found.as_deref().unwrap_or("nothing");
            let why = format!("the server keeps `{name}` at `{found}`, and it has to be `{wanted}`");
            return Err(Error::new(ErrorKind::Session(why)));
        }
    }
    session.ok_or_else(nonsense)
}

/// What the session says of itself.
fn introduced(row: &MySqlRow, variant: &'static Variant) -> Result<Session> {
    let version = text(row, 0).ok_or_else(nonsense)?;
    let is_mariadb = version.contains("MariaDB");
    if is_mariadb != variant.uuid_type {
        let (scheme, here) = (variant.other, variant.schemes.first().copied().unwrap_or_default());
        let why = format!("the server is not {}: use `{scheme}:` instead of `{here}:`", variant.engine.name());
        return Err(Error::new(ErrorKind::Session(why)));
    }
    let mut numbers = version.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else { return Err(nonsense()) };
    let number = |i: usize| text(row, i).and_then(|text| text.parse().ok()).ok_or_else(nonsense);
    Ok(Session {
        variant,
        id: number(1)?,
        version: (major, minor),
        max_packet: usize::try_from(number(2)?).unwrap_or(usize::MAX),
        lock_timeout_rolls_back: number(3)? != 0,
    })
}

fn nonsense() -> Error {
    Error::new(ErrorKind::Session("the server says nothing sensible of itself".to_owned()))
}

/// A cell of a row that came as text.
fn text(row: &MySqlRow, index: usize) -> Option<&str> {
    <&str as Decode<sqlx::MySql>>::decode(row.try_get_raw(index).ok()?).ok()
}

/// Runs SQL text that gives a number; 0 where it gives none.
pub(super) async fn number(driver: &mut sqlx::MySqlConnection, sql: &str) -> Result<u64, sqlx::Error> {
    let row = driver.fetch_optional(sqlx::raw_sql(AssertSqlSafe(sql))).await?;
    Ok(row.and_then(|row| text(&row, 0)?.parse().ok()).unwrap_or(0))
}

/// Runs SQL text as it is and says how many rows there were.
pub(super) async fn count_rows(driver: &mut sqlx::MySqlConnection, sql: &str) -> Result<usize, sqlx::Error> {
    let mut count = 0;
    let mut answers = driver.fetch_many(sqlx::raw_sql(AssertSqlSafe(sql)));
    while let Some(answer) = answers.next().await {
        if let Either::Right(_) = answer? {
            count += 1;
        }
    }
    Ok(count)
}
