//! MySQL and MariaDB, through sqlx: one protocol, two servers.
//!
//! What the driver leaves to be known:
//! - It offers no way to its socket, so that TCP_NODELAY stays off over TCP. A request that is written behind
//!   one without an answer waits 40 ms for the acknowledgement: that is closing a prepared statement. Every
//!   statement is therefore prepared once and kept, and all are closed together when there are too many.
//! - It has no public word for whether the session is in a transaction. What ends one unasked is known by the
//!   error that tells.
//! - It prepares and executes in two round trips the first time, and reads the description of the result anew
//!   each time: a changed table shows at once.
//! - A password is sent to MySQL over an encrypted connection, or encrypted with the server's key: it needs a
//!   build with TLS, unless the server has seen the password before.
//! - It may ask for as much memory as a hostile server claims to need for its columns.
//! - It takes rows of a script that begin with a text of 16 MiB or more for the end of the result.

mod bind;
mod burial;
mod check;
mod connection;
mod error;
mod message;
mod session;
#[cfg(test)]
pub(crate) mod tests;
mod types;
mod url;
mod variant;

use relvar_query::dialect::Engine;
#[cfg(feature = "mariadb")]
use relvar_query::dialect::MariaDb;
#[cfg(feature = "mysql")]
use relvar_query::dialect::MySql;
use sqlx::mysql::MySqlConnectOptions;
use std::borrow::Cow;
use std::marker::PhantomData;
use std::time::Duration;
use tokio::sync::Semaphore;

use crate::backend::{Backend, Database, Lane, Lanes};
use crate::error::{Error, ErrorKind, Result};
use crate::options::Options;
use crate::server::burial::AT_ONCE;
use crate::transaction::Begin;
use connection::MySqlConnection;
use variant::Dialect;

#[cfg(feature = "mysql")]
impl Database for MySql {
    type Backend = Server<MySql>;
}

#[cfg(feature = "mariadb")]
impl Database for MariaDb {
    type Backend = Server<MariaDb>;
}

/// A MySQL server.
#[cfg(feature = "mysql")]
pub(crate) type MySqlBackend = Server<MySql>;
/// A MariaDB server.
#[cfg(feature = "mariadb")]
pub(crate) type MariaDbBackend = Server<MariaDb>;

/// A server that speaks MySQL's protocol and dialect `D`, and how its sessions are set up.
pub struct Server<D> {
    driver: MySqlConnectOptions,
    address: String,
    max_connections: u32,
    connect_timeout: Duration,
    /// What brings a new session into the state of the contract.
    setup: session::Setup,
    /// How many connections are made at once to end what was given up.
    burials: Semaphore,
    dialect: PhantomData<fn() -> D>,
}

impl<D: Dialect> Backend for Server<D> {
    type Connection = MySqlConnection;
    const ENGINE: Engine = D::VARIANT.engine;
    const SCHEMES: &'static [&'static str] = D::VARIANT.schemes;

    fn from_url(url: &str, options: &Options) -> Result<Self> {
        let driver = url::parse(url, D::VARIANT)?;
        Ok(Server {
            address: url::address(&driver),
            driver,
            max_connections: options.max_connections.unwrap_or(10),
            connect_timeout: options.connect_timeout,
            setup: session::Setup::of(D::VARIANT, options),
            burials: Semaphore::new(AT_ONCE),
            dialect: PhantomData,
        })
    }

    fn address(&self) -> String {
        self.address.clone()
    }

    fn lanes(&self) -> Lanes {
        Lanes { write: self.max_connections, read: None, permanent: false }
    }

    fn errors_abort_transactions(&self) -> bool {
        false
    }

    /// One text of several statements, so that it is one round trip.
    fn begin_sql(&self, begin: &Begin) -> Result<Cow<'static, str>> {
        if begin.deferrable {
            let what = format!("{} has no deferrable transactions", Self::ENGINE.name());
            return Err(Error::new(ErrorKind::Unsupported(what)));
        }
        let start = if begin.read_only { "START TRANSACTION READ ONLY" } else { "START TRANSACTION" };
        Ok(match begin.isolation {
            Some(isolation) => format!("SET TRANSACTION ISOLATION LEVEL {}; {start}", isolation.sql()).into(),
            None => start.into(),
        })
    }

    async fn connect(&self, _lane: Lane) -> Result<MySqlConnection> {
        let (driver, session) = session::open(self).await?;
        Ok(MySqlConnection::new(driver, session))
    }

    async fn bury(&self, connection: MySqlConnection) -> Option<MySqlConnection> {
        burial::bury(self, connection).await;
        None
    }
}
