//! SQLite, through rusqlite.
//!
//! A statement runs on the thread of the task that awaits it: that costs about a microsecond, any other
//! thread fifty times that. What would keep that thread for long goes to the blocking pool.

mod batch;
mod bind;
mod busy;
mod connection;
mod control;
mod document;
mod drive;
mod fault;
mod open;
mod slow;
#[cfg(test)]
mod tests;
mod url;
mod watch;

use relvar_query::dialect::{Engine, Sqlite};
use std::borrow::Cow;
use std::sync::Arc;
use std::thread;

use crate::backend::{Backend, Database, Lane, Lanes};
use crate::error::Result;
use crate::options::Options;
use crate::transaction::Begin;

use connection::{Shared, SqliteConnection, blocking};
use slow::Slow;
use url::Target;

/// A file, or a database in memory.
pub struct SqliteBackend {
    shared: Arc<Shared>,
    readers: u32,
}

impl Backend for SqliteBackend {
    type Connection = SqliteConnection;
    const ENGINE: Engine = Engine::Sqlite;
    const TYPED: bool = false;
    const REMOTE: bool = false;
    const SCHEMES: &'static [&'static str] = &["sqlite"];

    fn from_url(url: &str, options: &Options) -> Result<SqliteBackend> {
        let processors = || thread::available_parallelism().map_or(2, usize::from).max(2);
        Ok(SqliteBackend {
            shared: Arc::new(Shared {
                target: url::parse(url)?,
                busy_timeout: options.busy_timeout,
                statement_timeout: options.statement_timeout,
                blocking_pool: options.blocking_pool,
                stable_plans: options.stable_plans,
                slow: Slow::default(),
            }),
            readers: options.max_connections.unwrap_or_else(|| u32::try_from(processors()).unwrap_or(2)),
        })
    }

    fn address(&self) -> String {
        self.shared.target.address()
    }

    fn lanes(&self) -> Lanes {
        match self.shared.target {
            Target::Memory => Lanes { write: 1, read: None, permanent: true },
            Target::File { .. } => Lanes { write: 1, read: Some(self.readers), permanent: false },
        }
    }

    /// SQLITE_MAX_VARIABLE_NUMBER as it comes.
    fn errors_abort_transactions(&self) -> bool {
        false
    }

    /// Every transaction is serializable and every snapshot is safe, so that neither isolation nor
    /// DEFERRABLE asks for anything. One that may write takes the lock at once: one that took it later could
    /// only fail.
    fn begin_sql(&self, begin: &Begin) -> Result<Cow<'static, str>> {
        Ok(Cow::Borrowed(if begin.read_only { control::BEGIN_READ_ONLY } else { "BEGIN IMMEDIATE" }))
    }

    fn runs_now(&self) -> bool {
        !self.shared.blocking_pool
    }

    #[cfg(feature = "migrate")]
    fn migration_lock(&self) -> Option<std::path::PathBuf> {
        self.shared.target.migration_lock()
    }

    async fn connect(&self, lane: Lane) -> Result<SqliteConnection> {
        let shared = self.shared.clone();
        blocking(move || SqliteConnection::open(shared, lane)).await?
    }

    async fn bury(&self, connection: SqliteConnection) -> Option<SqliteConnection> {
        connection.bury().await
    }
}

impl Database for Sqlite {
    type Backend = SqliteBackend;
}
