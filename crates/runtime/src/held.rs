//! A connection that is kept while transactions come and go on it, and that can be lent to one of the user's.

use futures_core::future::BoxFuture;
use relvar_query::dialect::Target;
use relvar_query::ir::Bound;
use relvar_query::lower::Affected;
use relvar_query::types::CellTypes;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use crate::backend::{Backend, Request, RowSink, Work};
use crate::db::{Core, Shared};
use crate::error::{Error, ErrorKind, Result};
use crate::pool::Guard;
use crate::transaction::{Begin, Home, Level, lent};

/// Such a connection, whose back-end is not named. It is closed when it is dropped: what ran on it may have changed
/// the session.
pub(crate) trait Held: Send {
    fn target(&self) -> Target;
    /// The file to lock, where the server has no locks for that.
    fn lock_file(&self) -> Option<PathBuf>;
    /// Runs SQL text, one statement or several.
    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>>;
    /// Runs one statement of ours.
    fn run<'a>(&'a mut self, asked: Asked<'a>, rows: &'a mut (dyn RowSink + 'a)) -> BoxFuture<'a, Result<u64>>;
    fn begin(&mut self) -> BoxFuture<'_, Result<()>>;
    fn commit(&mut self) -> BoxFuture<'_, Result<()>>;
    fn rollback(&mut self) -> BoxFuture<'_, Result<()>>;
    /// Whether the transaction that was begun has ended by itself.
    fn lost_transaction(&self) -> bool;
    /// Lends the connection, in its transaction, until the level hands it back or is abandoned.
    fn lend(&mut self) -> Result<Arc<dyn Level>>;
    /// Takes the connection back.
    ///
    /// # Errors
    /// `ConnectionLost` if whoever it was lent to is still at it.
    fn take_back(&mut self) -> Result<()>;
}

/// A statement of ours.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) sql: &'a Arc<str>,
    pub(crate) arguments: &'a [Bound<'a>],
    pub(crate) expected: &'a CellTypes,
}

struct Holder<B: Backend> {
    db: Arc<Shared<B>>,
    guard: Option<Guard<B>>,
    home: Home<B>,
}

/// Keeps `guard`.
pub(crate) fn hold<B: Backend>(db: Arc<Shared<B>>, mut guard: Guard<B>) -> Box<dyn Held> {
    guard.taint();
    Box::new(Holder { db, guard: Some(guard), home: Home::default() })
}

impl<B: Backend> Holder<B> {
    fn guard(&mut self) -> Result<&mut Guard<B>> {
        self.guard.as_mut().ok_or_else(lent_out)
    }
}

fn lent_out() -> Error {
    Error::new(ErrorKind::ConnectionLost("the transaction it was lent to did not give it back".to_owned()))
}

impl<B: Backend> Held for Holder<B> {
    fn target(&self) -> Target {
        self.db.target()
    }

    fn lock_file(&self) -> Option<PathBuf> {
        self.db.backend().migration_lock()
    }

    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { self.guard()?.script(sql).await.map_err(|error| error.in_statement(&sql.into())) })
    }

    fn run<'a>(&'a mut self, asked: Asked<'a>, rows: &'a mut (dyn RowSink + 'a)) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move {
            let label = |position: usize| format!("column {} of the history", position + 1);
            let mut request = Request {
                sql: asked.sql,
                arguments: asked.arguments,
                expected: asked.expected,
                label: &label,
                persistent: false,
                work: Work::Long,
                stop_after: None,
                affected: Affected::default(),
            };
            Ok(self.guard()?.run(&mut request, rows).await?.affected)
        })
    }

    fn begin(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let sql = self.db.backend().begin_sql(&Begin::default())?;
            self.guard()?.begin(&sql).await.map_err(|error| error.in_statement(&sql.as_ref().into()))
        })
    }

    fn commit(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move { self.guard()?.commit().await })
    }

    fn rollback(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let guard = self.guard()?;
            // SQLite wants to hear it all the same when it has rolled back by itself
            let result = guard.end("ROLLBACK").await;
            if guard.lost_transaction() { Ok(()) } else { result }
        })
    }

    fn lost_transaction(&self) -> bool {
        self.guard.as_ref().is_none_or(|guard| guard.lost_transaction() || guard.is_broken())
    }

    fn lend(&mut self) -> Result<Arc<dyn Level>> {
        let guard = self.guard.take().ok_or_else(lent_out)?;
        Ok(lent(self.db.clone(), guard, self.home.clone()))
    }

    fn take_back(&mut self) -> Result<()> {
        let guard = self.home.lock().unwrap_or_else(PoisonError::into_inner).take();
        let guard = guard.filter(|guard| !guard.is_dirty()).ok_or_else(lent_out)?;
        self.guard = Some(guard);
        Ok(())
    }
}
