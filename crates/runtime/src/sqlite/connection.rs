//! A connection: chooses between the calling thread and the blocking pool, waits for locks, keeps transactions whole.

use futures_core::future::BoxFuture;
use rusqlite::InterruptHandle;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::batch;
use super::bind;
use super::busy::Patience;
use super::control::{BEGIN_READ_ONLY, Control};
use super::drive::{self, Call, Halt, Place};
use super::fault;
use super::open;
use super::slow::Slow;
use super::url::Target;
use super::watch::Watch;
use crate::backend::sink::{more, room};
use crate::backend::{Connection, Done, Lane, Request, RowSink, Work};
use crate::error::{Error, ErrorKind, Result};

/// A transaction with more changed rows than this is committed on the blocking pool.
const MANY_CHANGES: u64 = 1_000;
/// A remembered statement that took less than this there comes back to the calling thread.
const FAST: Duration = Duration::from_micros(100);

/// What all connections of one database share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) target: Target,
    pub(super) busy_timeout: Duration,
    pub(super) statement_timeout: Option<Duration>,
    /// Whether nothing runs on the calling thread.
    pub(super) blocking_pool: bool,
    /// Whether statements are planned once, and not for their values.
    pub(super) stable_plans: bool,
    pub(super) slow: Slow,
}

/// A live connection.
pub(crate) struct SqliteConnection {
    shared: Arc<Shared>,
    lane: Lane,
    /// Nothing while a job has it.
    handle: Option<rusqlite::Connection>,
    /// Kept here and not in a future, so that it can be waited for when that was dropped.
    job: Option<JoinHandle<rusqlite::Connection>>,
    interrupt: InterruptHandle,
    watch: Arc<Watch>,
    /// Whether a transaction was begun and neither committed nor rolled back.
    began: bool,
    /// Why SQLite rolled it back by itself, until the caller does, too: what ran meanwhile would be
    /// committed at once, each statement alone.
    aborted: Option<String>,
    /// Whether writes are switched off for a read-only transaction.
    read_only: bool,
    /// The count of changes when the transaction began.
    changes: u64,
}

impl SqliteConnection {
    /// Opens the database; blocks the thread.
    pub(super) fn open(shared: Arc<Shared>, lane: Lane) -> Result<SqliteConnection> {
        let watch = Arc::new(Watch::new(shared.statement_timeout));
        let handle = open::open(&shared, lane, &watch)?;
        let interrupt = handle.get_interrupt_handle();
        Ok(SqliteConnection {
            shared,
            lane,
            handle: Some(handle),
            job: None,
            interrupt,
            watch,
            began: false,
            aborted: None,
            read_only: false,
            changes: 0,
        })
    }

    /// Ends what runs; gives the connection back if it is the database itself.
    pub(super) async fn bury(mut self) -> Option<SqliteConnection> {
        self.watch.set_given_up(true);
        self.interrupt.interrupt();
        // a job that did not come back has closed its handle
        self.come_home().await.ok()?;
        self.watch.set_given_up(false);
        let handle = self.handle.take()?;
        let shared = self.shared.clone();
        let lane = self.lane;
        let handle = blocking(move || match shared.target {
            Target::Memory => open::reset(&handle, &shared.target, lane).ok().map(|()| handle),
            Target::File { .. } => None,
        });
        self.handle = Some(handle.await.ok()??);
        (self.began, self.aborted, self.read_only) = (false, None, false);
        Some(self)
    }

    /// The first attempt, which waits for nothing: most statements are done with it.
    #[inline]
    fn attempt(&mut self, request: &Request<'_>, rows: &mut dyn RowSink) -> Result<Done, Halt> {
        self.refuse_if_aborted().map_err(Halt::Failed)?;
        let elsewhere = self.shared.blocking_pool || request.work == Work::Long;
        let slow = self.shared.slow.contains(request.sql);
        if (elsewhere || slow) && has_runtime() {
            return Err(Halt::Misplaced);
        }
        // without a runtime there is no other thread: what is known to take long is left to its end
        self.run_here(request, rows, request.work == Work::Read && !slow)
    }

    /// What comes after an attempt that ended in `halt`: another one, or the run on the blocking pool.
    async fn retry(&mut self, mut halt: Halt, request: &Request<'_>, rows: &mut dyn RowSink) -> Result<Done> {
        let mut may_move = request.work == Work::Read;
        let mut patience = Patience::new(self.shared.busy_timeout);
        loop {
            match halt {
                Halt::Busy(error) => match patience.pause() {
                    Some(pause) => sleep(pause).await,
                    None => return Err(error),
                },
                // without a runtime there is no other thread
                Halt::TooLong if !has_runtime() => may_move = false,
                Halt::TooLong => {
                    self.shared.slow.insert(request.sql);
                    return self.run_elsewhere(request, rows).await;
                }
                Halt::Misplaced => return self.run_elsewhere(request, rows).await,
                halt => return Err(explain(halt, request)),
            }
            match self.run_again(request, rows, may_move) {
                Ok(done) => return Ok(done),
                Err(next) => halt = next,
            }
        }
    }

    #[inline(never)]
    fn run_again(&mut self, request: &Request<'_>, rows: &mut dyn RowSink, may_move: bool) -> Result<Done, Halt> {
        self.run_here(request, rows, may_move)
    }

    // in place, for few calls shall lie between a terminal and SQLite
    #[inline(always)]
    fn run_here(&mut self, request: &Request<'_>, rows: &mut dyn RowSink, may_move: bool) -> Result<Done, Halt> {
        let handle = self.handle.as_mut().ok_or_else(|| Halt::Failed(lost()))?;
        let call = call(request, Place::Here { may_move });
        let done = drive::run(
            handle,
            call,
            request.arguments.iter().map(bind::borrowed),
            &mut |row| rows.row(row),
            &self.watch,
        );
        if self.watch.was_long() {
            self.shared.slow.insert(request.sql);
        }
        done
    }

    async fn run_elsewhere(&mut self, request: &Request<'_>, rows: &mut dyn RowSink) -> Result<Done> {
        let arguments = request.arguments.iter().map(bind::owned).collect::<Result<Vec<_>>>()?;
        let sql = request.sql.clone();
        let (columns, persistent, stop_after) = (request.expected.len(), request.persistent, request.stop_after);
        let (mut outbox, mut inbox) = batch::way(columns);
        let busy_timeout = self.shared.busy_timeout;
        let outcome = self.depart(move |handle, watch| {
            let call = Call { sql: &sql, columns, persistent, stop_after, place: Place::Elsewhere };
            let mut patience = Patience::new(busy_timeout);
            let began = Instant::now();
            let done = loop {
                let arguments = arguments.iter().map(|stored| Ok(stored.into()));
                match drive::run(handle, call, arguments, &mut |row| outbox.row(row, watch), watch) {
                    Err(Halt::Busy(error)) if !pause_here(&mut patience, watch) => break Err(Halt::Failed(error)),
                    Err(Halt::Busy(_)) => {}
                    done => break done,
                }
            };
            let took = began.elapsed();
            outbox.flush();
            (done, took)
        })?;

        let mut bad = None;
        'parcels: while let Some(parcel) = more(rows, |context| inbox.filled.poll_recv(context)).await {
            for row in parcel.rows() {
                room(rows).await;
                match rows.row(&row) {
                    Ok(ControlFlow::Continue(())) => {}
                    Ok(ControlFlow::Break(())) => break 'parcels,
                    Err(cell) => {
                        bad = Some(Halt::BadCell(cell));
                        break 'parcels;
                    }
                }
            }
            inbox.reuse(parcel);
            rows.flush();
            // the next parcel may be there already: let others run, and let a stream's reader take its rows
            tokio::task::yield_now().await;
        }
        self.watch.set_enough(true);
        drop(inbox);
        self.come_home().await?;
        let (done, took) = outcome.await.map_err(|_| lost())?;
        if request.work != Work::Long && took < FAST {
            self.shared.slow.remove(request.sql);
        }
        // what failed behind a bad row is not told: on the calling thread it would not have run
        bad.map_or(done, Err).map_err(|halt| explain(halt, request))
    }

    async fn run_script(&mut self, sql: &str) -> Result<()> {
        let control = Control::of(sql);
        match control {
            Some(Control::Rollback) if self.aborted.is_some() => return self.transaction_ended(),
            Some(Control::Begin) => self.aborted = None,
            _ => self.refuse_if_aborted()?,
        }
        let changes = self.handle.as_mut().ok_or_else(lost)?.total_changes();
        let large = control == Some(Control::Commit) && changes.saturating_sub(self.changes) > MANY_CHANGES;
        let elsewhere = control.is_none() || large || self.shared.blocking_pool;
        let done = if elsewhere { self.run_script_elsewhere(sql).await } else { self.run_control(sql).await };
        match control {
            Some(Control::Begin) if done.is_ok() => {
                (self.began, self.changes) = (true, changes);
                if sql == BEGIN_READ_ONLY && self.lane == Lane::Write {
                    self.set_read_only(true)?;
                }
            }
            // a commit that failed may have ended it as well
            Some(Control::Commit | Control::Rollback) if self.in_transaction() == Some(false) => {
                self.transaction_ended()?;
            }
            _ => {}
        }
        done
    }

    async fn run_control(&mut self, sql: &str) -> Result<()> {
        let mut patience = Patience::new(self.shared.busy_timeout);
        loop {
            let handle = self.handle.as_mut().ok_or_else(lost)?;
            match drive::control(handle, sql, &self.watch) {
                Ok(()) => return Ok(()),
                Err(Halt::Busy(error)) => match patience.pause() {
                    Some(pause) => sleep(pause).await,
                    None => return Err(error),
                },
                Err(halt) => return Err(failure(halt)),
            }
        }
    }

    async fn run_script_elsewhere(&mut self, sql: &str) -> Result<()> {
        let busy_timeout = self.shared.busy_timeout;
        let text = sql.to_owned();
        let work = move |handle: &rusqlite::Connection, watch: &Watch| {
            let mut patience = Patience::new(busy_timeout);
            drive::script(handle, &text, watch, || pause_here(&mut patience, watch))
        };
        if !has_runtime() {
            let handle = self.handle.as_mut().ok_or_else(lost)?;
            return work(handle, &self.watch);
        }
        let outcome = self.depart(work)?;
        self.come_home().await?;
        outcome.await.map_err(|_| lost())?
    }

    fn transaction_ended(&mut self) -> Result<()> {
        (self.began, self.aborted) = (false, None);
        if self.read_only { self.set_read_only(false) } else { Ok(()) }
    }

    fn set_read_only(&mut self, read_only: bool) -> Result<()> {
        let handle = self.handle.as_mut().ok_or_else(lost)?;
        handle.pragma_update(None, "query_only", read_only).map_err(fault::convert)?;
        self.read_only = read_only;
        Ok(())
    }

    fn refuse_if_aborted(&self) -> Result<()> {
        match &self.aborted {
            Some(because) => Err(Error::new(ErrorKind::TransactionAborted { because: because.clone() })),
            None => Ok(()),
        }
    }

    /// Some errors (a full disk, an interrupted write, RAISE(ROLLBACK)) end the transaction by themselves.
    fn note_rollback(&mut self, error: &Error) {
        if self.began && self.in_transaction() == Some(false) {
            self.aborted.get_or_insert_with(|| error.to_string());
        }
    }

    #[cold]
    fn failed(&mut self, error: Error, request: &Request<'_>) -> Error {
        self.note_rollback(&error);
        error.in_statement(request.sql)
    }

    /// Sends the handle to the blocking pool, to do `work` there.
    fn depart<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&rusqlite::Connection, &Watch) -> T + Send + 'static,
    ) -> Result<oneshot::Receiver<T>> {
        let handle = self.handle.take().ok_or_else(lost)?;
        // a reader that was dropped while it waited for its handle had said so and not taken it back
        self.watch.set_enough(false);
        let watch = self.watch.clone();
        let (sender, outcome) = oneshot::channel();
        self.job = Some(tokio::task::spawn_blocking(move || {
            if !watch.is_given_up() {
                // nobody listens if the future was dropped
                let _ = sender.send(work(&handle, &watch));
            }
            handle
        }));
        Ok(outcome)
    }

    /// Waits for the handle.
    async fn come_home(&mut self) -> Result<()> {
        if let Some(job) = &mut self.job {
            let returned = job.await;
            self.job = None;
            self.handle = Some(returned.map_err(|_| lost())?);
        }
        Ok(())
    }
}

impl Connection for SqliteConnection {
    async fn run<'a>(&'a mut self, request: &'a Request<'a>, rows: &'a mut (dyn RowSink + 'a)) -> Result<Done> {
        let done = match self.attempt(request, rows) {
            Ok(done) => Ok(done),
            // boxed, so that what every statement awaits stays small
            Err(halt) => Box::pin(self.retry(halt, request, rows)).await,
        };
        done.map_err(|error| self.failed(error, request))
    }

    #[inline]
    fn run_now(&mut self, request: &Request<'_>, rows: &mut dyn RowSink) -> Option<Result<Done>> {
        match self.attempt(request, rows) {
            Ok(done) => Some(Ok(done)),
            Err(Halt::Busy(_) | Halt::Misplaced) => None,
            Err(Halt::TooLong) => {
                self.shared.slow.insert(request.sql);
                None
            }
            Err(halt) => Some(Err(self.failed(explain(halt, request), request))),
        }
    }

    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let done = self.run_script(sql).await;
            done.inspect_err(|error| self.note_rollback(error)).map_err(|error| error.in_statement(&Arc::from(sql)))
        })
    }

    fn is_broken(&self) -> bool {
        self.handle.is_none()
    }

    #[inline]
    fn in_transaction(&self) -> Option<bool> {
        self.handle.as_ref().map(|handle| !handle.is_autocommit())
    }

    fn ping(&mut self) -> BoxFuture<'_, Result<()>> {
        let alive = if self.is_broken() { Err(lost()) } else { Ok(()) };
        Box::pin(std::future::ready(alive))
    }

    async fn close(mut self) {
        let optimize = self.lane == Lane::Write;
        if self.come_home().await.is_ok()
            && let Some(handle) = self.handle.take()
        {
            let close = move || {
                // closing goes on whether or not the planner's statistics could be refreshed
                let _ = if optimize { handle.execute_batch("PRAGMA optimize") } else { Ok(()) };
                drop(handle);
            };
            let _ = blocking(close).await;
        }
    }

    fn server_version(&self) -> (u16, u16) {
        let version = rusqlite::version_number();
        let part = |n: i32| u16::try_from(n).unwrap_or_default();
        (part(version / 1_000_000), part(version / 1_000 % 1_000))
    }
}

impl Drop for SqliteConnection {
    fn drop(&mut self) {
        // a job that nobody waits for shall not go on
        if self.job.is_some() {
            self.watch.set_given_up(true);
            self.interrupt.interrupt();
        }
    }
}

/// Does `work` where it may block.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    match Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await.map_err(|_| lost()),
        Err(_) => Ok(work()),
    }
}

#[inline]
fn call<'r>(request: &Request<'r>, place: Place) -> Call<'r> {
    Call {
        sql: request.sql,
        columns: request.expected.len(),
        persistent: request.persistent,
        stop_after: request.stop_after,
        place,
    }
}

async fn sleep(pause: Duration) {
    if has_runtime() { tokio::time::sleep(pause).await } else { thread::sleep(pause) }
}

/// Whether there is a blocking pool and a timer.
fn has_runtime() -> bool {
    Handle::try_current().is_ok()
}

/// Pauses a thread that may block; `false` when there is no more patience, or no more reason.
fn pause_here(patience: &mut Patience, watch: &Watch) -> bool {
    match patience.pause() {
        Some(pause) if !watch.is_given_up() && !watch.is_enough() => {
            thread::sleep(pause);
            true
        }
        _ => false,
    }
}

/// The error of a run, with the names that only the request knows.
fn explain(halt: Halt, request: &Request<'_>) -> Error {
    match halt {
        Halt::BadCell(cell) => Error::new(ErrorKind::Decode { column: (request.label)(cell.position), why: cell.why }),
        Halt::Columns(found) => {
            let wanted = request.expected.len();
            let column = (request.label)(found.min(wanted.saturating_sub(1)));
            let (expected, found) = (format!("{wanted} columns"), format!("{found} columns"));
            Error::new(ErrorKind::Drift { column, expected, found })
        }
        halt => failure(halt),
    }
}

fn failure(halt: Halt) -> Error {
    match halt {
        Halt::Failed(error) | Halt::Busy(error) => error,
        Halt::TooLong | Halt::Misplaced | Halt::BadCell(_) | Halt::Columns(_) => lost(),
    }
}

fn lost() -> Error {
    Error::new(ErrorKind::ConnectionLost("the run it was lent to did not give it back".to_owned()))
}
