//! The database: a cheap handle to its pool of connections.

mod any;
mod core;

use futures_core::future::BoxFuture;
use relvar_query::dialect::{Engine, RunsOn};
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::backend::{Backend, Database};
use crate::error::{Error, ErrorKind, Result};
use crate::executor::sealed::Sealed;
use crate::executor::{Executor, Job, Limits, Unit};
use crate::fetch::Running;
use crate::options::Options;
use crate::pool::Metrics;
use crate::raw::{RawConnection, SqlText};
use crate::transaction::{Begin, Transaction, Tx};

pub use any::{Any, AnyDb};
pub(crate) use core::{Core, Shared, check_engine};

/// A database of dialect `D`, with a pool of connections underneath. Cloning is cheap and shares the pool.
pub struct Db<D> {
    core: Arc<dyn Core>,
    dialect: PhantomData<fn() -> D>,
}

/// That a build has a driver for `Self`: implemented for every [`Database`], and for [`Any`].
#[diagnostic::on_unimplemented(
    message = "this build of relvar has no driver for {Self}",
    note = "enable the feature of that database"
)]
pub trait Connect: Sized + 'static {
    #[doc(hidden)]
    fn open(url: &str, options: Options) -> impl Future<Output = Result<Db<Self>>> + Send;
}

#[diagnostic::do_not_recommend]
impl<D: Database> Connect for D {
    async fn open(url: &str, options: Options) -> Result<Db<D>> {
        let backend = <D::Backend as Backend>::from_url(url, &options)?;
        Ok(Db::over(Shared::connect(backend, options).await?))
    }
}

impl<D: 'static> Db<D> {
    /// Connects to the database that `url` names, with default [`Options`], and makes sure that it is there.
    ///
    /// # Errors
    /// A URL that is not valid, a server that cannot be reached, a password that is wrong.
    pub fn connect(url: &str) -> Running<'_, Db<D>>
    where
        D: Connect,
    {
        Db::connect_with(url, Options::default())
    }

    /// Connects to the database that `url` names and makes sure that it is there.
    ///
    /// # Errors
    /// A URL that is not valid, a server that cannot be reached, a password that is wrong.
    pub fn connect_with(url: &str, options: Options) -> Running<'_, Db<D>>
    where
        D: Connect,
    {
        Box::pin(D::open(url, options))
    }
}

impl<D: 'static> Db<D> {
    pub(crate) fn over(core: Arc<dyn Core>) -> Db<D> {
        Db { core, dialect: PhantomData }
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        self.core.target().engine
    }

    /// The options it was connected with.
    pub fn options(&self) -> &Options {
        self.core.options()
    }

    /// How it does: its connections, and its cache of statements.
    pub fn metrics(&self) -> Metrics {
        self.core.metrics()
    }

    /// Asks the database whether it is there, on a connection of the pool: what a service's health check says.
    ///
    /// ```no_run
    /// # use relvar_runtime::{AnyDb, Result};
    /// # async fn healthy(db: AnyDb) -> Result<()> {
    /// db.ping().await
    /// # }
    /// ```
    ///
    /// # Errors
    /// That no connection was had, that the one which was had is dead, or that there is no answer within 5 seconds. A
    /// dead one is replaced, so that asking again may help.
    pub async fn ping(&self) -> Result<()> {
        self.core.ping().await
    }

    /// Lets no new statement in, and waits until those that run have ended and every connection is closed.
    pub async fn close(&self) {
        self.core.close().await;
    }

    /// Runs `body` in a transaction: committed if it returns `Ok`, rolled back if it returns `Err` or is dropped.
    ///
    /// The handle that `body` gets is owned; statements run on `&tx`. With
    /// [`retry`](Transaction::retry) it may be called several times.
    ///
    /// `E` may be a type of your own, so a `body` that ends in a plain `Ok(())` behind `?` does not say which it is, and
    /// Rust has no defaults for the type parameters of functions: end it with `Ok::<_, relvar::Error>(())`, or with the
    /// result of its last statement.
    ///
    /// # Errors
    /// What `body` returns; as `E` made from an [`Error`]: that no connection was had, and what COMMIT said.
    pub fn transaction<'f, F, Fut, T, E>(&self, body: F) -> Transaction<'f, D, T, E>
    where
        F: Fn(Tx<D>) -> Fut + Send + 'f,
        Fut: Future<Output = Result<T, E>> + Send + 'f,
        E: From<Error>,
    {
        Transaction::new(self.core.clone(), body)
    }

    /// Begins a transaction that ends with [`Tx::commit`] or [`Tx::rollback`], or is rolled back when dropped.
    ///
    /// # Errors
    /// If no connection was had, or the database refused.
    pub async fn begin(&self) -> Result<Tx<D>> {
        Ok(Tx::over(self.core.clone().begin(Begin::default()).await?))
    }

    /// A handle that only runs statements that read, on connections for reading where there are such.
    pub fn read_only(&self) -> ReadOnly<D> {
        ReadOnly { db: self.clone() }
    }

    /// A connection of one's own. It is closed when it is dropped.
    ///
    /// # Errors
    /// If no connection was had.
    pub async fn acquire_raw(&self) -> Result<RawConnection<D>> {
        Ok(RawConnection { session: self.core.acquire_raw().await?, dialect: PhantomData })
    }

    /// Runs SQL text, one statement or several, on a connection that is closed afterwards.
    ///
    /// # Errors
    /// What the database says.
    pub async fn raw_script(&self, sql: impl Into<SqlText>) -> Result<()> {
        let sql = sql.into();
        self.acquire_raw().await?.execute_script(sql).await
    }

    pub(crate) fn core(&self) -> &Arc<dyn Core> {
        &self.core
    }
}

impl<D> Clone for Db<D> {
    fn clone(&self) -> Self {
        Db { core: self.core.clone(), dialect: PhantomData }
    }
}

impl<D> fmt::Debug for Db<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Db").field(&self.core.address()).finish()
    }
}

impl<D> Sealed for Db<D> {}

#[diagnostic::do_not_recommend]
impl<D: 'static, Q: RunsOn<D>> Executor<Q> for Db<D> {
    fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Result<u64>> {
        self.core.run(job)
    }

    fn run_now<'a>(&self, job: &mut Job<'a>) -> Option<Result<u64>> {
        self.core.run_now(job)
    }

    fn limits(&self) -> Limits {
        self.core.limits()
    }

    fn begin_unit(&self) -> BoxFuture<'_, Result<Unit>> {
        Box::pin(async move { Ok(Unit(self.core.clone().begin(Begin::default()).await?)) })
    }
}

/// A handle that only runs statements that read.
pub struct ReadOnly<D> {
    db: Db<D>,
}

impl<D> Clone for ReadOnly<D> {
    fn clone(&self) -> Self {
        ReadOnly { db: self.db.clone() }
    }
}

impl<D> fmt::Debug for ReadOnly<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReadOnly").field(&self.db.core.address()).finish()
    }
}

impl<D> Sealed for ReadOnly<D> {}

#[diagnostic::do_not_recommend]
impl<D: 'static, Q: RunsOn<D>> Executor<Q> for ReadOnly<D> {
    fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Result<u64>> {
        self.db.core.run(Job { read_only: true, ..job })
    }

    fn run_now<'a>(&self, job: &mut Job<'a>) -> Option<Result<u64>> {
        job.read_only = true;
        self.db.core.run_now(job)
    }

    fn limits(&self) -> Limits {
        self.db.core.limits()
    }

    fn begin_unit(&self) -> BoxFuture<'_, Result<Unit>> {
        let what = "this handle runs statements that only read";
        Box::pin(async move { Err(Error::new(ErrorKind::Unsupported(what.into()))) })
    }
}
