//! What is shared by all handles to a database: lanes of connections and compiled statements.

use futures_core::future::BoxFuture;
use relvar_query::compile::{Bindings, Effect, ShapeCache};
use relvar_query::dialect::{Engine, Target};
use relvar_query::ir;
use std::sync::Arc;
use std::time::Duration;
use tracing::level_filters::LevelFilter;

use crate::backend::{Backend, Lane};
use crate::error::{Category, Error, ErrorKind, Result};
use crate::executor::{Job, Limits, One, Pace, Runs};
#[cfg(feature = "migrate")]
use crate::held::Held;
use crate::options::Options;
use crate::pool::{Guard, Label, Metrics, Pool};
use crate::raw::Session;
use crate::run;
use crate::transaction::{Begin, Level, root};

/// A database whose back-end is not named.
pub(crate) trait Core: Send + Sync {
    fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Result<u64>>;
    /// Runs a job if nothing has to be waited for; without a result, nothing was done.
    fn run_now<'a>(&self, job: &mut Job<'a>) -> Option<Result<u64>>;
    fn begin(self: Arc<Self>, begin: Begin) -> BoxFuture<'static, Result<Arc<dyn Level>>>;
    fn acquire_raw(&self) -> BoxFuture<'_, Result<Box<dyn Session>>>;
    /// A connection that is kept while transactions come and go on it.
    #[cfg(feature = "migrate")]
    fn hold(self: Arc<Self>) -> BoxFuture<'static, Result<Box<dyn Held>>>;
    fn ping(&self) -> BoxFuture<'_, Result<()>>;
    fn close(&self) -> BoxFuture<'_, ()>;
    fn target(&self) -> Target;
    fn limits(&self) -> Limits;
    fn metrics(&self) -> Metrics;
    fn options(&self) -> &Options;
    fn address(&self) -> String;
}

/// A database by its back-end.
pub(crate) struct Shared<B: Backend> {
    backend: Arc<B>,
    cache: ShapeCache,
    write: Arc<Pool<B>>,
    read: Option<Arc<Pool<B>>>,
    options: Options,
    limits: Limits,
}

impl<B: Backend> Shared<B> {
    /// Sets up the lanes and makes one connection of each, so that what is wrong shows here.
    ///
    /// # Errors
    /// Why no connection can be made.
    pub(crate) async fn connect(backend: B, options: Options) -> Result<Arc<Shared<B>>> {
        let backend = Arc::new(backend);
        let lanes = backend.lanes();
        let write = Pool::new(backend.clone(), Lane::Write, lanes.write, lanes.permanent, &options);
        let read = lanes.read.map(|size| Pool::new(backend.clone(), Lane::Read, size, lanes.permanent, &options));
        let first = write.acquire(Label::Static("connect")).await?;
        let target = Target { engine: B::ENGINE, version: first.server_version() };
        let limits = Limits::of(B::ENGINE);
        let limits = Limits { bytes: first.max_bytes().unwrap_or(limits.bytes), ..limits };
        drop(first);
        if let Some(read) = &read {
            drop(read.acquire(Label::Static("connect")).await?);
        }
        let cache = ShapeCache::with_capacity(target, options.cache_bytes);
        Ok(Arc::new(Shared { backend, cache, write, read, options, limits }))
    }

    pub(crate) fn compile<'s>(&self, one: One<'s>) -> Result<Bindings<'s>> {
        one.compile(&self.cache)
    }

    /// From what duration on a statement is slow.
    pub(crate) fn slow(&self) -> Duration {
        self.options.slow_statement
    }

    pub(crate) fn backend(&self) -> &B {
        &self.backend
    }

    fn reader(&self) -> &Arc<Pool<B>> {
        self.read.as_ref().unwrap_or(&self.write)
    }

    /// The connections for a statement.
    fn pool(&self, bindings: &Bindings<'_>) -> &Arc<Pool<B>> {
        if bindings.compiled.effect == Effect::Read { self.reader() } else { &self.write }
    }

    async fn run_one(&self, one: One<'_>, job: &mut Job<'_>) -> Result<u64> {
        let bindings = match job.compiled.take() {
            Some(bindings) => *bindings,
            None => self.compile(one)?,
        };
        let statement = one.statement();
        let mut guard = self.pool(&bindings).acquire(Label::Statement(&bindings.compiled)).await?;
        match run::run(&mut guard, statement, &bindings, job, self.slow()).await {
            // the back-end has forgotten its plan by now
            Err(failed) if failed.delivered == 0 && failed.error.category() == Some(Category::StalePlan) => {
                let again = run::run(&mut guard, statement, &bindings, job, self.slow()).await;
                again.map_err(|failed| failed.error)
            }
            result => result.map_err(|failed| failed.error),
        }
    }

    /// Runs one statement on a connection that is free, if nothing has to be waited for.
    fn run_one_now<'a>(&self, one: One<'a>, job: &mut Job<'a>) -> Result<Option<u64>> {
        check_engine(job.engines, B::ENGINE)?;
        let bindings = self.compile(one)?;
        if let Some(mut guard) = self.pool(&bindings).acquire_now(Label::Statement(&bindings.compiled))?
            && let Some(done) = run::run_now(&mut guard, one.statement(), &bindings, job, self.slow())
        {
            return done.map(Some).map_err(|failed| failed.error);
        }
        job.compiled = Some(Box::new(bindings));
        Ok(None)
    }

    /// Runs statements in a transaction of their own.
    async fn run_all(&self, statements: &[ir::Statement], job: &mut Job<'_>) -> Result<u64> {
        let mut guard = self.begin_guard(Begin::default()).await?;
        let mut affected = 0;
        for statement in statements {
            let bindings = self.compile(One::Statement(statement))?;
            let done = run::run(&mut guard, statement, &bindings, job, self.slow()).await;
            affected += done.map_err(|failed| failed.error)?;
            // where nothing was waited for, others have had no turn
            tokio::task::yield_now().await;
        }
        guard.commit().await?;
        Ok(affected)
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// If no connection was had, or the database refused.
    async fn begin_guard(&self, begin: Begin) -> Result<Guard<B>> {
        let sql = self.backend.begin_sql(&begin)?;
        let pool = if begin.read_only { self.reader() } else { &self.write };
        let mut guard = pool.acquire(Label::Static("transaction")).await?;
        guard.begin(&sql).await.map_err(|error| error.in_statement(&sql.as_ref().into()))?;
        Ok(guard)
    }
}

impl<B: Backend> Core for Shared<B> {
    fn run<'a>(&'a self, mut job: Job<'a>) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move {
            check_engine(job.engines, B::ENGINE)?;
            match job.runs {
                Runs::Statements([]) => Ok(0),
                Runs::Statements([statement]) => self.run_one(One::Statement(statement), &mut job).await,
                Runs::Prepared(template, values) => self.run_one(One::Prepared(template, values), &mut job).await,
                // boxed, so that what every statement awaits stays small
                Runs::Statements(several) => Box::pin(self.run_all(several, &mut job)).await,
            }
        })
    }

    fn run_now<'a>(&self, job: &mut Job<'a>) -> Option<Result<u64>> {
        // a span is about a run as a whole
        if !self.backend.runs_now() || job.pace != Pace::Short || LevelFilter::current() >= LevelFilter::DEBUG {
            return None;
        }
        let one = match job.runs {
            Runs::Statements([statement]) => One::Statement(statement),
            Runs::Prepared(template, values) => One::Prepared(template, values),
            Runs::Statements(_) => return None,
        };
        self.run_one_now(one, job).transpose()
    }

    fn begin(self: Arc<Self>, begin: Begin) -> BoxFuture<'static, Result<Arc<dyn Level>>> {
        Box::pin(async move {
            let guard = self.begin_guard(begin).await?;
            Ok(root(self, guard))
        })
    }

    fn acquire_raw(&self) -> BoxFuture<'_, Result<Box<dyn Session>>> {
        Box::pin(async move {
            let mut guard = self.write.acquire(Label::Static("raw connection")).await?;
            guard.taint();
            Ok(Box::new(guard) as Box<dyn Session>)
        })
    }

    #[cfg(feature = "migrate")]
    fn hold(self: Arc<Self>) -> BoxFuture<'static, Result<Box<dyn Held>>> {
        Box::pin(async move {
            let guard = self.write.acquire(Label::Static("migrations")).await?;
            Ok(crate::held::hold(self, guard))
        })
    }

    fn ping(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            for pool in std::iter::once(&self.write).chain(&self.read) {
                pool.acquire(Label::Static("ping")).await?.check().await?;
            }
            Ok(())
        })
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if let Some(read) = &self.read {
                read.close().await;
            }
            self.write.close().await;
        })
    }

    fn target(&self) -> Target {
        self.cache.target()
    }

    fn limits(&self) -> Limits {
        self.limits
    }

    fn metrics(&self) -> Metrics {
        let read = self.read.as_ref().map(|pool| pool.metrics()).unwrap_or_default();
        let cache = Metrics { cache_hits: self.cache.hits(), cache_misses: self.cache.misses(), ..Metrics::default() };
        self.write.metrics() + read + cache
    }

    fn options(&self) -> &Options {
        &self.options
    }

    fn address(&self) -> String {
        self.backend.address()
    }
}

/// Whether a statement for `engines` may run here: types say so wherever the database is known to them.
#[inline]
pub(crate) fn check_engine(engines: &[Engine], here: Engine) -> Result<()> {
    if engines.contains(&here) { Ok(()) } else { Err(not_for(engines, here)) }
}

#[cold]
fn not_for(engines: &[Engine], here: Engine) -> Error {
    let names: Vec<&str> = engines.iter().map(|engine| engine.name()).collect();
    let what = format!("the statement is written for {} and cannot run on {}", names.join(", "), here.name());
    Error::new(ErrorKind::Unsupported(what))
}
