//! The pool: connections made when needed, used last-in first-out, and never handed on unless provably clean.

mod guard;
mod metrics;
mod silence;
mod slots;

use std::borrow::Borrow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

use crate::backend::{Backend, Connection, Lane};
use crate::error::{Error, ErrorKind, Result};
use crate::options::Options;
use relvar_query::compile::Compiled;
use slots::{Owner, Permit, Slots};

pub(crate) use guard::{Guard, traced};
pub use metrics::Metrics;

/// How long a server may take to say that it is still there.
const PING_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the rollback of a dropped transaction may take before the connection is given up.
const ROLLBACK_TIMEOUT: Duration = Duration::from_secs(5);

/// The connections of one lane.
pub(crate) struct Pool<B: Backend> {
    backend: Arc<B>,
    lane: Lane,
    size: u32,
    slots: Slots<Pool<B>>,
    limits: Limits,
    counters: Counters,
    /// Where work goes that outlives the task that caused it, if that has no runtime of its own.
    runtime: Option<Handle>,
}

/// A connection that waits for use: clean, always.
struct Idle<C> {
    connection: C,
    since: Instant,
    /// When it has lived for long enough.
    until: Option<Instant>,
}

struct Limits {
    acquire: Duration,
    connect: Duration,
    ping_after: Duration,
    idle: Option<Duration>,
    lifetime: Option<Duration>,
    permanent: bool,
    response: Option<Duration>,
}

#[derive(Default)]
struct Counters {
    opened: AtomicU64,
    closed: AtomicU64,
    buried: AtomicU64,
    waited_micros: AtomicU64,
}

/// What a connection is used for, as errors about a full pool name it.
#[derive(Clone, Copy)]
pub(crate) enum Label<'l> {
    Static(&'static str),
    Statement(&'l Arc<Compiled>),
}

/// A label that is kept.
enum Kept {
    Static(&'static str),
    Statement(Arc<Compiled>),
}

struct Holder {
    label: Kept,
    since: Instant,
    /// Whether it still does.
    holds: bool,
}

/// What is to be had without waiting.
enum Had<B: Backend, P: Borrow<Arc<Pool<B>>>> {
    Connection(Guard<B, P>),
    /// A slot in which there is no connection, or one that has to be looked at first.
    Slot(Permit<Pool<B>, P>),
    Nothing,
}

/// What is done with a connection that cannot go back as it is.
enum Disposal {
    /// Closed in good order.
    Close,
    /// Rolled back, then put back.
    RollBack,
    /// Its state is not known: whatever it does is ended.
    Bury,
}

impl<B: Backend> Pool<B> {
    pub(crate) fn new(backend: Arc<B>, lane: Lane, size: u32, permanent: bool, options: &Options) -> Arc<Pool<B>> {
        let size = size.max(1);
        let limits = Limits {
            acquire: options.acquire_timeout,
            connect: options.connect_timeout,
            ping_after: options.ping_after,
            idle: options.idle_timeout.filter(|_| !permanent),
            lifetime: options.max_lifetime.filter(|_| !permanent),
            permanent,
            response: options.response_timeout,
        };
        let pool = Arc::new(Pool {
            backend,
            lane,
            size,
            slots: Slots::new(size),
            limits,
            counters: Counters::default(),
            runtime: Handle::try_current().ok(),
        });
        pool.start_reaper();
        pool
    }

    /// A connection, clean and alive.
    ///
    /// # Errors
    /// `PoolTimeout` if none became free in time, `PoolClosed`, or why none could be made.
    pub(crate) async fn acquire(self: &Arc<Self>, label: Label<'_>) -> Result<Guard<B>> {
        let now = Instant::now();
        match Pool::had(self.clone(), label, now)? {
            Had::Connection(guard) => Ok(guard),
            // boxed, so that what every statement awaits stays small
            Had::Slot(permit) => Box::pin(self.connected(permit, now)).await,
            Had::Nothing => Box::pin(self.wait(label, now)).await,
        }
    }

    /// A connection, clean and alive, if one is to be had at once.
    ///
    /// # Errors
    /// `PoolClosed`.
    pub(crate) fn acquire_now<'p>(self: &'p Arc<Self>, label: Label<'_>) -> Result<Option<Guard<B, &'p Arc<Self>>>> {
        match Pool::had(self, label, Instant::now())? {
            Had::Connection(guard) => Ok(Some(guard)),
            Had::Slot(_) | Had::Nothing => Ok(None),
        }
    }

    #[inline]
    fn had<P: Borrow<Arc<Self>>>(pool: P, label: Label<'_>, now: Instant) -> Result<Had<B, P>> {
        let Some(mut permit) = Permit::try_acquire(pool, label, now).map_err(closed)? else { return Ok(Had::Nothing) };
        Ok(match permit.take() {
            Some(idle) if permit.owner().is_good(&idle, now) => Had::Connection(Guard::new(permit, idle, Some(now))),
            Some(idle) => {
                permit.put(idle);
                Had::Slot(permit)
            }
            None => Had::Slot(permit),
        })
    }

    /// Waits for a slot, and for the connection in it.
    async fn wait(self: &Arc<Self>, label: Label<'_>, start: Instant) -> Result<Guard<B>> {
        let permit = tokio::time::timeout(self.limits.acquire, Permit::acquire(self)).await;
        let waited = start.elapsed();
        let wanted = label.as_str();
        tracing::debug!(?waited, %wanted, in_time = permit.is_ok(), "waited for a connection");
        self.counters.waited_micros.fetch_add(micros(waited), Ordering::Relaxed);
        let Ok(permit) = permit else {
            return Err(Error::new(ErrorKind::PoolTimeout { waited, holders: self.describe_holders() }));
        };
        let (permit, now) = (permit.map_err(closed)?, Instant::now());
        permit.hold(label, now);
        self.connected(permit, now).await
    }

    /// Whether a connection can be used without asking the server first.
    fn is_good(&self, idle: &Idle<B::Connection>, now: Instant) -> bool {
        (!B::REMOTE || within(self.limits.ping_after, idle.since, now)) && idle.is_young(now)
    }

    /// The permit's connection, if it is still good, or a new one.
    async fn connected(self: &Arc<Self>, mut permit: Permit<Pool<B>>, now: Instant) -> Result<Guard<B>> {
        if let Some(idle) = permit.take() {
            let good = self.is_good(&idle, now);
            let young = idle.is_young(now);
            let mut guard = Guard::new(permit, idle, None);
            if good {
                return Ok(guard);
            }
            if young && let Ok(Ok(())) = tokio::time::timeout(PING_TIMEOUT, guard.ping()).await {
                return Ok(guard);
            }
            let Some((back, idle)) = guard.dismantle() else { return Err(Error::new(ErrorKind::PoolClosed)) };
            permit = back;
            self.counters.closed.fetch_add(1, Ordering::Relaxed);
            if young { drop(idle) } else { idle.connection.close().await }
        }
        let attempt = tokio::time::timeout(self.limits.connect, self.backend.connect(self.lane));
        let connection = attempt.await.unwrap_or_else(|_| {
            let why = format!("no answer within {:?}", self.limits.connect);
            Err(Error::new(ErrorKind::Connect { address: self.backend.address(), why }))
        })?;
        self.counters.opened.fetch_add(1, Ordering::Relaxed);
        let now = Instant::now();
        let until = self.limits.lifetime.and_then(|limit| now.checked_add(limit));
        let idle = Box::new(Idle { connection, since: now, until });
        Ok(Guard::new(permit, idle, Some(now)))
    }

    /// Lets nobody in any more, and waits until every connection is closed.
    pub(crate) async fn close(self: &Arc<Self>) {
        self.slots.close();
        for mut permit in Permit::take_idle(self, |_| true) {
            if let Some(idle) = permit.take() {
                self.counters.closed.fetch_add(1, Ordering::Relaxed);
                idle.connection.close().await;
            }
        }
        std::future::poll_fn(|context| self.slots.poll_drained(context)).await;
    }

    /// How the pool does.
    pub(crate) fn metrics(&self) -> Metrics {
        let fill = self.slots.fill();
        Metrics {
            size: self.size as usize,
            idle: fill.idle,
            in_use: fill.held,
            waiting: fill.waiting,
            waited: Duration::from_micros(self.counters.waited_micros.load(Ordering::Relaxed)),
            opened: self.counters.opened.load(Ordering::Relaxed),
            closed: self.counters.closed.load(Ordering::Relaxed),
            buried: self.counters.buried.load(Ordering::Relaxed),
            ..Metrics::default()
        }
    }

    /// Who holds connections and for how long, longest first.
    fn describe_holders(&self) -> String {
        let now = Instant::now();
        let mut held: Vec<(Duration, String)> = Vec::new();
        self.slots.for_each_holder(|Holder { label, since, .. }| {
            held.push((now.saturating_duration_since(*since), label.lend().as_str().to_owned()));
        });
        held.sort_by(|a, b| b.cmp(a));
        let mut text = format!("{} of {} are in use", held.len(), self.size);
        for (i, (age, label)) in held.iter().take(10).enumerate() {
            let separator = if i == 0 { ": " } else { ", " };
            text += &format!("{separator}`{label}` for {:.1} s", age.as_secs_f64());
        }
        text
    }

    /// Takes care of a connection that cannot go back as it is. Its slot stays taken until that is done.
    fn dispose(mut permit: Permit<Pool<B>>, mut idle: Box<Idle<B::Connection>>, how: Disposal) {
        let pool = permit.owner().clone();
        let Some(runtime) = Handle::try_current().ok().or_else(|| pool.runtime.clone()) else {
            // nothing can be awaited any more: the driver's own drop ends the session
            pool.counters.closed.fetch_add(1, Ordering::Relaxed);
            drop(idle);
            drop(permit);
            return;
        };
        let until = idle.until;
        runtime.spawn(async move {
            let rolled_back = match how {
                Disposal::RollBack => {
                    permit.hold(Label::Static("rolling back"), Instant::now());
                    let connection = &mut idle.connection;
                    let rollback = tokio::time::timeout(ROLLBACK_TIMEOUT, connection.script("ROLLBACK")).await;
                    matches!(rollback, Ok(Ok(())))
                        && !connection.is_broken()
                        && connection.in_transaction() != Some(true)
                        && !pool.slots.is_closed()
                }
                Disposal::Close | Disposal::Bury => false,
            };
            let kept = if rolled_back {
                Some(idle.connection)
            } else if matches!(how, Disposal::Close) {
                permit.hold(Label::Static("closing"), Instant::now());
                idle.connection.close().await;
                None
            } else {
                permit.hold(Label::Static("ending what was given up"), Instant::now());
                pool.counters.buried.fetch_add(1, Ordering::Relaxed);
                pool.backend.bury(idle.connection).await
            };
            match kept {
                Some(connection) => permit.put(Box::new(Idle { connection, since: Instant::now(), until })),
                None => {
                    pool.counters.closed.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }

    /// Closes what has been idle or alive for too long, for as long as the pool is there.
    fn start_reaper(self: &Arc<Self>) {
        let (Some(shortest), Some(runtime)) =
            ([self.limits.idle, self.limits.lifetime].into_iter().flatten().min(), &self.runtime)
        else {
            return;
        };
        let period = (shortest / 2).clamp(Duration::from_millis(10), Duration::from_secs(30));
        let pool = Arc::downgrade(self);
        runtime.spawn(async move {
            loop {
                tokio::time::sleep(period).await;
                let Some(pool) = pool.upgrade() else { return };
                if pool.slots.is_closed() {
                    return;
                }
                pool.reap().await;
            }
        });
    }

    async fn reap(self: &Arc<Self>) {
        let now = Instant::now();
        let is_new = |since: Instant| self.limits.idle.is_none_or(|limit| within(limit, since, now));
        let due = Permit::take_idle(self, |idle| !is_new(idle.since) || !idle.is_young(now));
        for mut permit in due {
            if let Some(idle) = permit.take() {
                self.counters.closed.fetch_add(1, Ordering::Relaxed);
                idle.connection.close().await;
            }
        }
    }
}

impl<B: Backend> Owner for Pool<B> {
    type Item = Box<Idle<B::Connection>>;

    fn slots(&self) -> &Slots<Pool<B>> {
        &self.slots
    }
}

impl<C> Idle<C> {
    fn is_young(&self, now: Instant) -> bool {
        self.until.is_none_or(|end| now < end)
    }
}

impl Label<'_> {
    fn as_str(&self) -> &str {
        match self {
            Label::Static(text) => text,
            Label::Statement(compiled) => &compiled.summary,
        }
    }

    fn keep(self) -> Kept {
        match self {
            Label::Static(text) => Kept::Static(text),
            Label::Statement(compiled) => Kept::Statement(compiled.clone()),
        }
    }
}

impl Kept {
    fn lend(&self) -> Label<'_> {
        match self {
            Kept::Static(text) => Label::Static(text),
            Kept::Statement(compiled) => Label::Statement(compiled),
        }
    }

    /// Whether it is kept of this one.
    fn is(&self, label: Label<'_>) -> bool {
        match (self, label) {
            (Kept::Static(this), Label::Static(other)) => std::ptr::eq(*this, other),
            (Kept::Statement(this), Label::Statement(other)) => Arc::ptr_eq(this, other),
            _ => false,
        }
    }
}

/// Whether less than `limit` has passed from `start` to `now`. To add costs less than to take a difference.
#[inline]
pub(crate) fn within(limit: Duration, start: Instant, now: Instant) -> bool {
    start.checked_add(limit).is_none_or(|end| now < end)
}

fn closed(_: slots::Closed) -> Error {
    Error::new(ErrorKind::PoolClosed)
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
