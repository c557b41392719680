//! Burials: a connection that was given up is closed, and the server made to end what it still did for it.

use sqlx::{ConnectOptions, PgConnection};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};

use super::PostgresBackend;
use super::connection::PostgresConnection;
use super::error::failure;
use super::guard::Guard;
use super::session::{Session, one_row};
use crate::error::{Error, ErrorKind, Result};

/// For how long the server is asked to end a session.
const PATIENCE: Duration = Duration::from_secs(5);

/// Closes `connection` and returns when the server has ended its session, or will not for [`PATIENCE`].
pub(super) async fn bury(backend: &PostgresBackend, connection: PostgresConnection) {
    let session = connection.into_session();
    let deadline = Instant::now() + PATIENCE;
    let ended = timeout_at(deadline, async {
        let Ok(_permit) = backend.burials.acquire().await else { return };
        let mut pause = Duration::from_millis(5);
        while let Err(error) = Guard::default().run(end(backend, &session)).await {
            tracing::debug!(process = session.process, %error, "a session that was given up cannot be ended yet");
            sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(500));
        }
    });
    if ended.await.is_err() {
        tracing::warn!(
            address = backend.address,
            process = session.process,
            "the server did not end a session that was given up within {PATIENCE:?}"
        );
    }
}

/// Asks the server, over a connection of its own, until the session is gone.
async fn end(backend: &PostgresBackend, session: &Session) -> Result<()> {
    let mut driver = backend.driver.connect().await.map_err(|error| failure(error).error)?;
    let mut pause = Duration::from_millis(1);
    while is_there(&mut driver, session).await? {
        sleep(pause).await;
        pause = (pause * 2).min(Duration::from_millis(50));
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
            ErrorKind::Database(said) => Err(Error::new(ErrorKind::Session(said.message.clone()))),
            _ => Err(error),
        },
    }
}
