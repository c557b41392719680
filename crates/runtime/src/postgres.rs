//! PostgreSQL, through sqlx.
//!
//! What the driver leaves to be known:
//! - It reads `PGHOST`, `PGPASSWORD` and their like, and `~/.pgpass`, for what a URL does not say.
//! - It offers no way to its socket, so that TCP_NODELAY stays off over TCP. Every request here is written
//!   at once and then waited for, which that does not slow down.
//! - It may ask for as much memory as a message of a hostile server claims to be long, up to 4 GiB.

mod bind;
mod burial;
mod check;
mod connection;
mod error;
mod kinds;
mod session;
#[cfg(test)]
mod tests;
mod url;

use relvar_query::dialect::{Engine, Postgres};
use sqlx::postgres::PgConnectOptions;
use std::borrow::Cow;
use std::time::Duration;
use tokio::sync::Semaphore;

use crate::backend::{Backend, Database, Lane, Lanes};
use crate::error::Result;
use crate::options::Options;
use crate::server::burial::AT_ONCE;
use crate::transaction::Begin;
use connection::PostgresConnection;

impl Database for Postgres {
    type Backend = PostgresBackend;
}

/// A PostgreSQL server and how its sessions are set up.
pub struct PostgresBackend {
    driver: PgConnectOptions,
    address: String,
    max_connections: u32,
    connect_timeout: Duration,
    /// The statement that brings a new session into the state of the contract.
    setup: session::Setup,
    /// How many connections are made at once to end what was given up.
    burials: Semaphore,
}

impl Backend for PostgresBackend {
    type Connection = PostgresConnection;
    const ENGINE: Engine = Engine::Postgres;
    const SCHEMES: &'static [&'static str] = url::SCHEMES;

    fn from_url(url: &str, options: &Options) -> Result<Self> {
        let driver = url::parse(url, options)?;
        Ok(PostgresBackend {
            address: url::address(&driver),
            driver,
            max_connections: options.max_connections.unwrap_or(10),
            connect_timeout: options.connect_timeout,
            setup: session::Setup::of(options),
            burials: Semaphore::new(AT_ONCE),
        })
    }

    fn address(&self) -> String {
        self.address.clone()
    }

    fn lanes(&self) -> Lanes {
        Lanes { write: self.max_connections, read: None, permanent: false }
    }

    fn errors_abort_transactions(&self) -> bool {
        true
    }

    fn begin_sql(&self, begin: &Begin) -> Result<Cow<'static, str>> {
        let mut sql = Cow::Borrowed("BEGIN");
        if let Some(isolation) = begin.isolation {
            sql = format!("BEGIN ISOLATION LEVEL {}", isolation.sql()).into();
        }
        for (wanted, words) in [(begin.read_only, " READ ONLY"), (begin.deferrable, " DEFERRABLE")] {
            if wanted {
                sql.to_mut().push_str(words);
            }
        }
        Ok(sql)
    }

    async fn connect(&self, _lane: Lane) -> Result<PostgresConnection> {
        let (driver, session) = session::open(self).await?;
        Ok(PostgresConnection::new(driver, session))
    }

    async fn bury(&self, connection: PostgresConnection) -> Option<PostgresConnection> {
        burial::bury(self, connection).await;
        None
    }
}
