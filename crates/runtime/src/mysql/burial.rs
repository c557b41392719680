//! Burials: a connection that was given up is closed, and the server made to end what it still did for it.

use sqlx::{ConnectOptions, MySqlConnection as Driver};

use super::Server;
use super::connection::MySqlConnection;
use super::error::failure;
use super::session::{Session, count_rows};
use super::variant::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::server::burial;

/// The error of KILL for a session that is not there.
const NO_SUCH_SESSION: &str = "1094";

/// Closes `connection` and returns when the server has ended its session, or will not for some seconds.
pub(super) async fn bury<D: Dialect>(server: &Server<D>, connection: MySqlConnection) {
    let session = connection.into_session();
    burial::bury(&server.burials, &server.address, session.id, || end(server, &session)).await;
}

/// Asks the server, over a connection of its own, until the session is gone. It leaves the list of sessions when
/// its transaction was rolled back.
async fn end<D: Dialect>(server: &Server<D>, session: &Session) -> Result<()> {
    let mut driver = server.driver.connect().await.map_err(|error| failure(error, session.variant).error)?;
    let mut pauses = burial::Pauses::default();
    while is_there(&mut driver, session).await? {
        pauses.pause().await;
    }
    sqlx::Connection::close(driver).await.map_err(|error| failure(error, session.variant).error)
}

/// Whether the session is still there; if so, it has been told to end.
///
/// The list of sessions is not asked: on MySQL it cannot be read while any session runs a statement with bytes that are
/// no `utf8mb3`. A session that was told to end before and has not yet is told again.
async fn is_there(driver: &mut Driver, Session { id, variant, .. }: &Session) -> Result<bool> {
    let told = count_rows(driver, &format!("KILL CONNECTION {id}")).await;
    match told.map_err(|error| failure(error, variant).error) {
        Ok(_) => Ok(true),
        Err(error) => match error.kind() {
            ErrorKind::Database(said) if said.code == NO_SUCH_SESSION => Ok(false),
            ErrorKind::Database(said) => Err(Error::new(ErrorKind::Session(said.message_with_data().to_owned()))),
            _ => Err(error),
        },
    }
}
