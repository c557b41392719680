//! The guard: a connection in use, which knows whether it can be proven clean.

use std::borrow::Borrow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::silence::{self, Heard, Signs};
use super::slots::Permit;
use super::{Disposal, Idle, Pool};
use crate::backend::{Backend, Connection, Done, Request, RowSink};
use crate::error::{Error, ErrorKind, Result};

/// A connection in use. Dropping it gives a provably clean one back at once; any other is rolled back,
/// closed or buried, and until that is done its slot stays taken.
///
/// It keeps the pool; one that is held while nothing is awaited borrows it.
pub(crate) struct Guard<B: Backend, P: Borrow<Arc<Pool<B>>> = Arc<Pool<B>>> {
    /// The slot and the connection; gone only once the guard is dismantled.
    held: Option<(Permit<Pool<B>, P>, Box<Idle<B::Connection>>)>,
    /// Set before every await on the connection, cleared when that has completed.
    dirty: bool,
    /// Whether it may be in a transaction.
    in_transaction: bool,
    /// Whether something ran that may have changed the session's state.
    tainted: bool,
    last: Last,
}

/// What is known about the time of what happened last to a connection in use.
#[derive(Clone, Copy)]
enum Last {
    Nothing,
    /// It was had, and nothing has run on it.
    Had(Instant),
    /// What ran last came to its end.
    Ended(Instant),
}

impl<B: Backend, P: Borrow<Arc<Pool<B>>>> Guard<B, P> {
    pub(super) fn new(permit: Permit<Pool<B>, P>, idle: Box<Idle<B::Connection>>, had: Option<Instant>) -> Guard<B, P> {
        let (held, last) = (Some((permit, idle)), had.map_or(Last::Nothing, Last::Had));
        Guard { held, dirty: false, in_transaction: false, tainted: false, last }
    }

    /// The time; the clock is not asked again if the connection was had just now.
    pub(crate) fn now(&self) -> Instant {
        match self.last {
            Last::Had(at) => at,
            Last::Nothing | Last::Ended(_) => Instant::now(),
        }
    }

    /// Notes when what ran last came to its end, so that the clock need not be asked again.
    pub(crate) fn ended(&mut self, at: Instant) {
        self.last = Last::Ended(at);
    }

    /// Runs a statement if nothing has to be waited for; without a result, nothing was done.
    #[inline]
    pub(crate) fn run_now(&mut self, request: &mut Request<'_>, rows: &mut (dyn RowSink + '_)) -> Option<Result<Done>> {
        request.persistent |= self.in_transaction;
        let result = match self.begun() {
            Ok(connection) => connection.run_now(request, rows),
            Err(error) => Some(Err(error)),
        };
        self.dirty = false;
        result
    }

    /// The connection, on which something begins to run.
    fn begun(&mut self) -> Result<&mut B::Connection> {
        self.dirty = true;
        self.last = Last::Nothing;
        match &mut self.held {
            Some((_, idle)) => Ok(&mut idle.connection),
            None => Err(Error::new(ErrorKind::ConnectionLost("it was given up".into()))),
        }
    }
}

impl<B: Backend> Guard<B> {
    /// Runs a statement.
    ///
    /// # Errors
    /// What the back-end returns.
    pub(crate) async fn run(&mut self, request: &mut Request<'_>, rows: &mut (dyn RowSink + '_)) -> Result<Done> {
        // a driver that looks up a type it meets for the first time loses a statement that has no name, and in a
        // transaction there is no second try
        request.persistent |= self.in_transaction;
        let limit = self.response_limit();
        let connection = self.begun()?;
        // given up half-way, it stays dirty
        let result = match limit {
            None => connection.run(request, rows).await,
            Some(limit) => {
                // boxed, so that what every statement awaits stays small
                Box::pin(async {
                    let mut heard = Heard::by(rows);
                    let signs = heard.signs();
                    silence::limited(limit, &signs, connection.run(request, &mut heard)).await
                })
                .await?
            }
        };
        self.dirty = false;
        result
    }

    /// For how long nothing may be heard of a server.
    fn response_limit(&self) -> Option<Duration> {
        self.held.as_ref().and_then(|(permit, _)| permit.owner().limits.response)
    }

    /// Runs SQL text of ours.
    ///
    /// # Errors
    /// What the back-end returns.
    pub(crate) async fn script(&mut self, sql: &str) -> Result<()> {
        let limit = self.response_limit();
        let script = self.begun()?.script(sql);
        let result = match limit {
            None => script.await,
            Some(limit) => silence::limited(limit, &Signs::default(), script).await?,
        };
        self.dirty = false;
        result
    }

    /// Asks the server whether it is there.
    ///
    /// # Errors
    /// If it is not, or says nothing for seconds; the connection is not used again then.
    pub(crate) async fn check(&mut self) -> Result<()> {
        let answer = tokio::time::timeout(super::PING_TIMEOUT, self.ping()).await;
        answer.unwrap_or_else(|_| Err(Error::new(ErrorKind::Timeout(super::PING_TIMEOUT))))
    }

    pub(super) async fn ping(&mut self) -> Result<()> {
        let result = self.begun()?.ping().await;
        self.dirty = false;
        result
    }

    /// Runs a statement that begins a transaction.
    ///
    /// # Errors
    /// What the back-end returns; after it the connection is not used again.
    pub(crate) async fn begin(&mut self, sql: &str) -> Result<()> {
        let start = Instant::now();
        let result = self.script(sql).await;
        traced(sql, start, &result);
        match &result {
            Ok(()) => self.in_transaction = true,
            Err(_) => self.tainted = true,
        }
        result
    }

    /// Runs COMMIT or ROLLBACK. After an error the connection still counts as being in its transaction.
    ///
    /// # Errors
    /// What the back-end returns.
    pub(crate) async fn end(&mut self, sql: &str) -> Result<()> {
        let start = Instant::now();
        let result = self.script(sql).await;
        traced(sql, start, &result);
        result?;
        self.in_transaction = false;
        Ok(())
    }

    /// Runs COMMIT.
    ///
    /// # Errors
    /// What the database said, if it is certain that nothing was committed; else `OutcomeUnknown`.
    pub(crate) async fn commit(&mut self) -> Result<()> {
        match self.end("COMMIT").await {
            Ok(()) => Ok(()),
            Err(error) if error.database().is_some() && !self.is_broken() => {
                if self.lost_transaction() {
                    self.in_transaction = false;
                } else {
                    // some databases leave the transaction open; if this fails, too, the drop takes care
                    let _ = self.end("ROLLBACK").await;
                }
                Err(error)
            }
            Err(error) => {
                self.tainted = true;
                Err(Error::new(ErrorKind::OutcomeUnknown).with_source(error))
            }
        }
    }

    /// From now on nobody knows what state the session is in.
    pub(crate) fn taint(&mut self) {
        self.tainted = true;
    }

    /// Whether a future of it was dropped half-way.
    pub(crate) fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// Whether it can be used no more.
    pub(crate) fn is_broken(&self) -> bool {
        self.held.as_ref().is_none_or(|(_, idle)| idle.connection.is_broken())
    }

    /// Whether the driver knows that there is no transaction, though there should be one.
    pub(crate) fn lost_transaction(&self) -> bool {
        self.in_transaction
            && self.held.as_ref().is_some_and(|(_, idle)| idle.connection.in_transaction() == Some(false))
    }

    /// How many bytes the server takes at once, if it says so.
    pub(crate) fn max_bytes(&self) -> Option<usize> {
        self.held.as_ref().and_then(|(_, idle)| idle.connection.max_bytes())
    }

    /// The version of the server: major, minor.
    pub(crate) fn server_version(&self) -> (u16, u16) {
        self.held.as_ref().map_or((0, 0), |(_, idle)| idle.connection.server_version())
    }

    /// Takes it apart without giving it back.
    pub(super) fn dismantle(mut self) -> Option<(Permit<Pool<B>>, Box<Idle<B::Connection>>)> {
        self.held.take()
    }
}

/// Says that a transaction, or a savepoint in it, began or ended. The text is ours: no data is in it.
pub(crate) fn traced(sql: &str, start: Instant, result: &Result<()>) {
    let elapsed = start.elapsed();
    match result {
        Ok(()) => tracing::debug!(%sql, ?elapsed, "transaction"),
        Err(error) => tracing::debug!(%sql, category = ?error.category(), ?elapsed, "transaction failed"),
    }
}

impl<B: Backend, P: Borrow<Arc<Pool<B>>>> Drop for Guard<B, P> {
    fn drop(&mut self) {
        let Some((mut permit, mut idle)) = self.held.take() else { return };
        let (connection, pool) = (&idle.connection, permit.owner());
        let broken = connection.is_broken();
        let in_transaction = self.in_transaction || connection.in_transaction() == Some(true);
        let how = if self.dirty || (self.tainted && pool.limits.permanent) {
            Disposal::Bury
        } else if broken || self.tainted || pool.slots.is_closed() {
            Disposal::Close
        } else if in_transaction {
            Disposal::RollBack
        } else {
            idle.since = match self.last {
                Last::Ended(at) => at,
                Last::Nothing | Last::Had(_) => Instant::now(),
            };
            permit.put(idle);
            return;
        };
        Pool::dispose(permit.kept(), idle, how);
    }
}
