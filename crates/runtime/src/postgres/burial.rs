//! Burials: a connection that was given up is closed, and the server made to end what it still did for it.

use sqlx::{ConnectOptions, PgConnection};

use super::PostgresBackend;
use super::connection::PostgresConnection;
use super::error::failure;
use super::session::{Session, one_row};
use crate::error::{Error, ErrorKind, Result};
use crate::server::burial;

/// Closes `connection` and returns when the server has ended its session, or will not for some seconds.
pub(super) async fn bury(backend: &PostgresBackend, connection: PostgresConnection) {
    let session = connection.into_session();
    burial::bury(&backend.burials, &backend.address, session.process, || end(backend, &session)).await;
}

/// Asks the server, over a connection of its own, until the session is gone.
async fn end(backend: &PostgresBackend, session: &Session) -> Result<()> {
    let mut driver = backend.driver.connect().await.map_err(|error| failure(error).error)?;
    let mut pauses = burial::Pauses::default();
    while is_there(&mut driver, session).await? {
        pauses.pause().await;
    }
    sqlx::Connection::close(driver).await.map_err(|error| failure(error).error)
}

/// Whether the session is still there; if so, it has been told to end.
async fn is_there(driver: &mut PgConnection, session: &Session) -> Result<bool> {
    let Session { process, began, .. } = session;
    let sql = format!(
        "SELECT pg_terminate_backend({process}) FROM pg_stat_get_activity({process}) \
         WHERE extract(epoch FROM backend_start) = {began}"
    );
    match one_row(driver, &sql).await {
        Ok(row) => Ok(row.is_some()),
        Err(error) => match error.kind() {
            ErrorKind::Database(said) => Err(Error::new(ErrorKind::Session(said.message_with_data().to_owned()))),
            _ => Err(error),
        },
    }
}
