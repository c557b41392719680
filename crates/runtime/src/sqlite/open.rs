//! Opening a database, and bringing the session into the state that the contract asks for.

use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, MAIN_DB, OpenFlags, ffi};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;
use std::time::Duration;

use super::busy::Patience;
use super::connection::Shared;
use super::document::compare_documents;
use super::fault;
use super::url::{Mode, Target};
use super::watch::{OPCODES, Watch};
use crate::backend::Lane;
use crate::error::{Error, ErrorKind, Result};

/// How many statements a connection keeps prepared: about 2 KiB each.
const PREPARED: usize = 512;
/// The oldest version whose SQL is what lowering writes.
const OLDEST: i32 = 3_044_000;

/// Opens the file that all connections share, for `lane`.
///
/// # Errors
/// `Connect` in words of the file system, `Session`.
pub(super) fn open(shared: &Shared, lane: Lane, watch: &Arc<Watch>) -> Result<Connection> {
    let target = &shared.target;
    if rusqlite::version_number() < OLDEST {
        return Err(session_error(&format!("SQLite {} is older than 3.44", rusqlite::version())));
    }
    let handle = match target {
        Target::Memory => Connection::open_in_memory_with_flags(OpenFlags::SQLITE_OPEN_NO_MUTEX | writable()),
        Target::File { path, mode } => {
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_NO_MUTEX | flags(*mode))
        }
    };
    let handle = handle.map_err(|error| connect_error(target, error))?;
    prepare(&handle, shared, watch).map_err(|error| connect_error(target, error))?;

    let mut patience = Patience::new(shared.busy_timeout);
    loop {
        match session(&handle, target, lane) {
            Ok(()) => return Ok(handle),
            Err(Unfit::Sqlite(error)) if fault::is_busy(&error) => match patience.pause() {
                Some(pause) => thread::sleep(pause),
                None => return Err(connect_error(target, error)),
            },
            Err(Unfit::Sqlite(error)) => return Err(connect_error(target, error)),
            Err(Unfit::Contract(error)) => return Err(error),
        }
    }
}

/// Rolls back what is open and sets the session up again.
///
/// # Errors
/// What SQLite says; the connection is not to be used then.
pub(super) fn reset(handle: &Connection, target: &Target, lane: Lane) -> Result<()> {
    let roll_back = || if handle.is_autocommit() { Ok(()) } else { handle.execute_batch("ROLLBACK") };
    roll_back().map_err(fault::convert)?;
    session(handle, target, lane).map_err(|unfit| match unfit {
        Unfit::Sqlite(error) => fault::convert(error),
        Unfit::Contract(error) => error,
    })
}

enum Unfit {
    Sqlite(rusqlite::Error),
    Contract(Error),
}

impl From<rusqlite::Error> for Unfit {
    fn from(error: rusqlite::Error) -> Unfit {
        Unfit::Sqlite(error)
    }
}

fn writable() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
}

fn flags(mode: Mode) -> OpenFlags {
    match mode {
        Mode::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Mode::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Mode::Create => writable(),
    }
}

/// What is set once and cannot be changed by SQL.
fn prepare(handle: &Connection, shared: &Shared, watch: &Arc<Watch>) -> rusqlite::Result<()> {
    // a wait in here would block the task that would release the lock
    handle.busy_timeout(Duration::ZERO)?;
    handle.set_prepared_statement_cache_capacity(PREPARED);
    handle.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, shared.stable_plans)?;
    counter(handle, "relvar_count_update", "relvar_updates")?;
    counter(handle, "relvar_count_row", "relvar_rows")?;
    compare_documents(handle)?;
    let watch = watch.clone();
    handle.progress_handler(OPCODES, Some(move || watch.look()))
}

/// Two functions for what upserts count: one counts and is true, the other says how many there were.
fn counter(handle: &Connection, count: &str, counted: &str) -> rusqlite::Result<()> {
    let number = Arc::new(AtomicI64::new(0));
    let grows = number.clone();
    // not deterministic: it is called anew for every row
    handle.create_scalar_function(count, 0, FunctionFlags::SQLITE_UTF8, move |_| {
        grows.fetch_add(1, Ordering::Relaxed);
        Ok(true)
    })?;
    handle.create_scalar_function(counted, 0, FunctionFlags::SQLITE_UTF8, move |_| Ok(number.load(Ordering::Relaxed)))
}

fn session(handle: &Connection, target: &Target, lane: Lane) -> std::result::Result<(), Unfit> {
    let unmet = |why: &str| Unfit::Contract(session_error(why));
    // else "a_column_that_is_missing" is a string
    handle.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    handle.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;

    // the first to read the file
    let encoding: String = handle.query_row("PRAGMA encoding", [], |row| row.get(0))?;
    if encoding != "UTF-8" {
        return Err(unmet(&format!("the file stores text as {encoding}, not as UTF-8")));
    }
    if let Target::File { mode: Mode::ReadWrite | Mode::Create, path } = target {
        if handle.is_readonly(MAIN_DB)? {
            let why = "the file is write-protected; to read it only, say `?mode=ro`".to_owned();
            let address = path.display().to_string();
            return Err(Unfit::Contract(Error::new(ErrorKind::Connect { address, why })));
        }
        let journal: String = handle.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if journal != "wal" {
            tracing::warn!(
                journal,
                "this file cannot have a write-ahead log: readers and the writer wait for each other"
            );
        }
    }
    let query_only = if lane == Lane::Read { "ON" } else { "OFF" };
    handle.execute_batch(&format!(
        "PRAGMA query_only = {query_only};
         PRAGMA foreign_keys = ON;
         PRAGMA synchronous = NORMAL;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -8192;
         PRAGMA journal_size_limit = 67108864;"
    ))?;
    let foreign_keys: bool = handle.query_row("PRAGMA foreign_keys", [], |row| row.get(0))?;
    if !foreign_keys {
        return Err(unmet("this build of SQLite does not enforce foreign keys"));
    }
    Ok(())
}

fn session_error(why: &str) -> Error {
    Error::new(ErrorKind::Session(why.to_owned()))
}

/// Why `target` could not be opened, in words that name what to do.
fn connect_error(target: &Target, error: rusqlite::Error) -> Error {
    let primary = fault::code(&error).map(|code| code & 0xff);
    let why = match (primary, target) {
        (Some(ffi::SQLITE_CANTOPEN | ffi::SQLITE_PERM), Target::File { path, mode }) => cannot_open(path, *mode),
        (Some(ffi::SQLITE_NOTADB), _) => Some("the file is not an SQLite database".to_owned()),
        (Some(ffi::SQLITE_CORRUPT), _) => Some("the file is damaged".to_owned()),
        (Some(ffi::SQLITE_BUSY), _) => Some("another process keeps it locked".to_owned()),
        _ => None,
    };
    let why = why.unwrap_or_else(|| error.to_string());
    Error::new(ErrorKind::Connect { address: target.address(), why })
}

/// SQLite says "unable to open database file" to all of these.
fn cannot_open(path: &Path, mode: Mode) -> Option<String> {
    use std::io::ErrorKind as Io;

    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty())?;
    Some(match (parent.metadata().map_err(|e| e.kind()), path.metadata().map_err(|e| e.kind())) {
        (Err(Io::NotFound), _) => format!("there is no directory {}", parent.display()),
        (Ok(directory), _) if !directory.is_dir() => format!("{} is not a directory", parent.display()),
        (_, Ok(file)) if file.is_dir() => "it is a directory".to_owned(),
        (_, Err(Io::NotFound)) if mode != Mode::Create => "there is no such file".to_owned(),
        (_, Err(Io::NotFound)) => "the file cannot be created: is its directory writable?".to_owned(),
        (_, Err(Io::PermissionDenied)) | (Err(Io::PermissionDenied), _) => "permission denied".to_owned(),
        (_, Ok(_)) => "the file cannot be opened: may this user read it, and write beside it?".to_owned(),
        _ => return None,
    })
}
