//! The pool: connections made when needed, used last-in first-out, and never handed on unless provably clean.

mod guard;
mod metrics;
mod silence;
mod slots;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

use crate::backend::{Backend, Connection, Lane};
use crate::error::{Error, ErrorKind, Result};
use crate::options::Options;
use relvar_query::compile::Compiled;
use slots::{Permit, Slots};

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
    slots: Arc<Slots<Box<Idle<B::Connection>>>>,
    /// Who holds each slot, by its number.
    holders: Box<[Mutex<Option<Holder>>]>,
    limits: Limits,
    counters: Counters,
    /// Where work goes that outlives the task that caused it, if that has no runtime of its own.
    runtime: Option<Handle>,
}

/// A connection that waits for use: clean, always.
struct Idle<C> {
    connection: C,
    born: Instant,
    since: Instant,
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
#[derive(Clone)]
pub(crate) enum Label {
    Static(&'static str),
    Statement(Arc<Compiled>),
}

struct Holder {
    label: Label,
    since: Instant,
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
            slots: Slots::new(size),
            holders: (0..size).map(|_| Mutex::new(None)).collect(),
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
    pub(crate) async fn acquire(self: &Arc<Self>, label: Label) -> Result<Guard<B>> {
        let now = Instant::now();
        match self.slots.try_acquire().map_err(closed)? {
            Some(mut permit) => match permit.take() {
                Some(idle) if self.is_good(&idle, now) => {
                    self.hold(permit.number(), label, now);
                    Ok(Guard::new(self.clone(), permit, idle))
                }
                idle => {
                    if let Some(idle) = idle {
                        permit.put(idle);
                    }
                    // boxed, so that what every statement awaits stays small
                    Box::pin(self.connected(permit, label, now)).await
                }
            },
            None => Box::pin(self.wait(label, now)).await,
        }
    }

    /// Waits for a slot, and for the connection in it.
    async fn wait(self: &Arc<Self>, label: Label, start: Instant) -> Result<Guard<B>> {
        let permit = tokio::time::timeout(self.limits.acquire, self.slots.acquire()).await;
        let waited = start.elapsed();
        let wanted = label.as_str();
        tracing::debug!(?waited, %wanted, in_time = permit.is_ok(), "waited for a connection");
        self.counters.waited_micros.fetch_add(micros(waited), Ordering::Relaxed);
        let Ok(permit) = permit else {
            return Err(Error::new(ErrorKind::PoolTimeout { waited, holders: self.describe_holders() }));
        };
        self.connected(permit.map_err(closed)?, label, Instant::now()).await
    }

    /// Whether a connection can be used without asking the server first.
    fn is_good(&self, idle: &Idle<B::Connection>, now: Instant) -> bool {
        now.saturating_duration_since(idle.since) < self.limits.ping_after && self.is_young(idle, now)
    }

    fn is_young(&self, idle: &Idle<B::Connection>, now: Instant) -> bool {
        self.limits.lifetime.is_none_or(|limit| now.saturating_duration_since(idle.born) < limit)
    }

    /// The permit's connection, if it is still good, or a new one.
    async fn connected(
        self: &Arc<Self>,
        permit: Permit<Box<Idle<B::Connection>>>,
        label: Label,
        now: Instant,
    ) -> Result<Guard<B>> {
        self.hold(permit.number(), label, now);
        let mut connecting = Connecting { pool: self, permit: Some(permit) };
        if let Some((permit, idle)) = connecting.take_idle() {
            let good = self.is_good(&idle, now);
            let young = self.is_young(&idle, now);
            let mut guard = Guard::new(self.clone(), permit, idle);
            if good {
                return Ok(guard);
            }
            if young && let Ok(Ok(())) = tokio::time::timeout(PING_TIMEOUT, guard.ping()).await {
                return Ok(guard);
            }
            if let Some((permit, idle)) = guard.dismantle() {
                connecting.permit = Some(permit);
                self.counters.closed.fetch_add(1, Ordering::Relaxed);
                if young { drop(idle) } else { idle.connection.close().await }
            }
        }
        let attempt = tokio::time::timeout(self.limits.connect, self.backend.connect(self.lane));
        let connection = attempt.await.unwrap_or_else(|_| {
            let why = format!("no answer within {:?}", self.limits.connect);
            Err(Error::new(ErrorKind::Connect { address: self.backend.address(), why }))
        })?;
        self.counters.opened.fetch_add(1, Ordering::Relaxed);
        let now = Instant::now();
        match connecting.permit.take() {
            Some(permit) => Ok(Guard::new(self.clone(), permit, Box::new(Idle { connection, born: now, since: now }))),
            None => Err(Error::new(ErrorKind::PoolClosed)),
        }
    }

    /// Lets nobody in any more, and waits until every connection is closed.
    pub(crate) async fn close(self: &Arc<Self>) {
        for mut permit in self.slots.close() {
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
            size: self.holders.len(),
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

    fn hold(&self, slot: u32, label: Label, since: Instant) {
        if let Some(holder) = self.holders.get(slot as usize) {
            *holder.lock().unwrap_or_else(PoisonError::into_inner) = Some(Holder { label, since });
        }
    }

    fn unhold(&self, slot: u32) {
        if let Some(holder) = self.holders.get(slot as usize) {
            *holder.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// Who holds connections and for how long, longest first.
    fn describe_holders(&self) -> String {
        let now = Instant::now();
        let mut held: Vec<(Duration, String)> = Vec::new();
        for holder in &self.holders {
            if let Some(Holder { label, since }) = &*holder.lock().unwrap_or_else(PoisonError::into_inner) {
                held.push((now.saturating_duration_since(*since), label.as_str().to_owned()));
            }
        }
        held.sort_by(|a, b| b.cmp(a));
        let mut text = format!("{} of {} are in use", held.len(), self.holders.len());
        for (i, (age, label)) in held.iter().take(10).enumerate() {
            let separator = if i == 0 { ": " } else { ", " };
            text += &format!("{separator}`{label}` for {:.1} s", age.as_secs_f64());
        }
        text
    }

    /// Takes care of a connection that cannot go back as it is. Its slot stays taken until that is done.
    fn dispose(
        self: &Arc<Self>,
        mut permit: Permit<Box<Idle<B::Connection>>>,
        mut idle: Box<Idle<B::Connection>>,
        how: Disposal,
    ) {
        let Some(runtime) = Handle::try_current().ok().or_else(|| self.runtime.clone()) else {
            // nothing can be awaited any more: the driver's own drop ends the session
            self.counters.closed.fetch_add(1, Ordering::Relaxed);
            self.unhold(permit.number());
            drop(idle);
            drop(permit);
            return;
        };
        let pool = self.clone();
        let born = idle.born;
        runtime.spawn(async move {
            let rolled_back = match how {
                Disposal::RollBack => {
                    pool.hold(permit.number(), Label::Static("rolling back"), Instant::now());
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
                pool.hold(permit.number(), Label::Static("closing"), Instant::now());
                idle.connection.close().await;
                None
            } else {
                pool.hold(permit.number(), Label::Static("ending what was given up"), Instant::now());
                pool.counters.buried.fetch_add(1, Ordering::Relaxed);
                pool.backend.bury(idle.connection).await
            };
            pool.unhold(permit.number());
            match kept {
                Some(connection) => permit.put(Box::new(Idle { connection, born, since: Instant::now() })),
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
        let over = |limit: Option<Duration>, since: Instant| {
            limit.is_some_and(|limit| now.saturating_duration_since(since) >= limit)
        };
        let due =
            self.slots.take_idle(|idle| over(self.limits.idle, idle.since) || over(self.limits.lifetime, idle.born));
        for mut permit in due {
            if let Some(idle) = permit.take() {
                self.counters.closed.fetch_add(1, Ordering::Relaxed);
                idle.connection.close().await;
            }
        }
    }
}

/// A slot for which a connection is being made.
struct Connecting<'p, B: Backend> {
    pool: &'p Pool<B>,
    permit: Option<Permit<Box<Idle<B::Connection>>>>,
}

impl<B: Backend> Connecting<'_, B> {
    /// Gives out the slot if there is a connection in it.
    fn take_idle(&mut self) -> Option<(Permit<Box<Idle<B::Connection>>>, Box<Idle<B::Connection>>)> {
        let idle = self.permit.as_mut()?.take()?;
        self.permit.take().map(|permit| (permit, idle))
    }
}

impl<B: Backend> Drop for Connecting<'_, B> {
    fn drop(&mut self) {
        if let Some(permit) = &self.permit {
            self.pool.unhold(permit.number());
        }
    }
}

impl Label {
    fn as_str(&self) -> &str {
        match self {
            Label::Static(text) => text,
            Label::Statement(compiled) => &compiled.summary,
        }
    }
}

fn closed(_: slots::Closed) -> Error {
    Error::new(ErrorKind::PoolClosed)
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
