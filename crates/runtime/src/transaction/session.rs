//! The session of a transaction: one connection, the savepoints set on it, and how it ended.

use futures_core::future::BoxFuture;
use relvar_query::ir;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::MutexGuard;

use super::{Hook, Level};
use crate::backend::Backend;
use crate::db::{Core, Shared, check_engine};
use crate::error::{Error, ErrorKind, Result};
use crate::executor::{Job, Limits, One, Pace, Runs};
use crate::pool::{Guard, traced};
use crate::run;

/// What all handles to a transaction share.
struct Session<B: Backend> {
    db: Arc<Shared<B>>,
    state: tokio::sync::Mutex<State<B>>,
    /// Savepoints whose handles were dropped: rolled back before anything else runs.
    dropped: Mutex<Vec<u32>>,
    /// What runs after the commit, and in which savepoint it was asked for.
    hooks: Mutex<Vec<(u32, Hook)>>,
    /// Whether nothing more may run, whatever handles are left.
    abandoned: AtomicBool,
    /// Whether the state is held by a stream, which may be for as long as its reader likes.
    streaming: AtomicBool,
    /// Whether something failed that may succeed when all is run again.
    conflict: AtomicBool,
    /// Where the connection goes when the transaction is over, if it was lent.
    home: Option<Home<B>>,
}

/// Where a connection that was lent comes back to, whatever state it is in.
pub(crate) type Home<B> = Arc<Mutex<Option<Guard<B>>>>;

struct State<B: Backend> {
    guard: Option<Guard<B>>,
    phase: Phase,
    /// The savepoints that are set, outermost first. A number is never used twice.
    savepoints: Vec<u32>,
    newest: u32,
    /// The error after which there is only a rollback.
    aborted: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    /// COMMIT was sent and its answer not seen.
    Committing,
    Ended,
}

/// The number of the transaction itself, among those of its savepoints.
const ROOT: u32 = 0;

/// The outermost level of a transaction that has begun on `guard`.
pub(crate) fn root<B: Backend>(db: Arc<Shared<B>>, guard: Guard<B>) -> Arc<dyn Level> {
    level(db, guard, None)
}

/// The same on a connection that goes `home` when the transaction is over, or is handed back in it.
#[cfg(feature = "migrate")]
pub(crate) fn lent<B: Backend>(db: Arc<Shared<B>>, guard: Guard<B>, home: Home<B>) -> Arc<dyn Level> {
    level(db, guard, Some(home))
}

fn level<B: Backend>(db: Arc<Shared<B>>, guard: Guard<B>, home: Option<Home<B>>) -> Arc<dyn Level> {
    let state = State { guard: Some(guard), phase: Phase::Open, savepoints: Vec::new(), newest: ROOT, aborted: None };
    let session = Session {
        db,
        state: tokio::sync::Mutex::new(state),
        dropped: Mutex::default(),
        hooks: Mutex::default(),
        abandoned: AtomicBool::new(false),
        streaming: AtomicBool::new(false),
        conflict: AtomicBool::new(false),
        home,
    };
    Arc::new(Savepoint { session: Arc::new(session), number: ROOT })
}

/// One level of a transaction: itself, or a savepoint.
struct Savepoint<B: Backend> {
    session: Arc<Session<B>>,
    number: u32,
}

/// The right to use the connection. Dropped in the middle of something, it gives the connection up.
struct Turn<'s, B: Backend> {
    session: &'s Session<B>,
    state: MutexGuard<'s, State<B>>,
}

impl<B: Backend> Session<B> {
    /// Waits until nothing else runs, and makes sure that level `number` is still there.
    async fn turn(&self, number: u32) -> Result<Turn<'_, B>> {
        let state = match self.state.try_lock() {
            Ok(state) => state,
            Err(_) if self.streaming.load(Ordering::Acquire) => {
                let what = "a stream on this transaction is open: read it to its end or drop it first";
                return Err(Error::new(ErrorKind::Unsupported(what.into())));
            }
            Err(_) => self.state.lock().await,
        };
        let mut turn = Turn { session: self, state };
        turn.settle().await?;
        if number != ROOT && !turn.state.savepoints.contains(&number) {
            return Err(Error::new(ErrorKind::TransactionEnded));
        }
        Ok(turn)
    }

    fn note(&self, error: &Error) {
        if error.is_retryable() {
            self.conflict.store(true, Ordering::Release);
        }
    }

    /// Lets go of the connection.
    fn let_go(&self, state: &mut State<B>) {
        let guard = state.guard.take();
        if let (Some(home), Some(guard)) = (&self.home, guard) {
            *home.lock().unwrap_or_else(PoisonError::into_inner) = Some(guard);
        }
    }

    /// Forgets the hooks that were asked for in savepoint `number` and those inside of it.
    fn forget_hooks(&self, number: u32) {
        self.hooks.lock().unwrap_or_else(PoisonError::into_inner).retain(|(level, _)| *level < number);
    }
}

impl<B: Backend> Turn<'_, B> {
    /// The connection, if the transaction is still there.
    fn guard(&mut self) -> Result<&mut Guard<B>> {
        let ended = match self.state.phase {
            Phase::Open => ErrorKind::TransactionEnded,
            Phase::Committing => ErrorKind::OutcomeUnknown,
            Phase::Ended => ErrorKind::TransactionEnded,
        };
        let open = self.state.phase == Phase::Open;
        self.state.guard.as_mut().filter(|_| open).ok_or_else(|| Error::new(ended))
    }

    /// Looks at how things were left, and rolls back the savepoints whose handles were dropped.
    async fn settle(&mut self) -> Result<()> {
        let abandoned = self.session.abandoned.load(Ordering::Acquire);
        let guard = self.guard()?;
        if abandoned || guard.is_dirty() || guard.is_broken() {
            self.finish();
            return Err(Error::new(ErrorKind::TransactionEnded));
        }
        if guard.lost_transaction() {
            self.state.aborted.get_or_insert_with(|| "the database has rolled it back".into());
        }
        let dropped = std::mem::take(&mut *self.session.dropped.lock().unwrap_or_else(PoisonError::into_inner));
        let outermost = dropped.into_iter().filter_map(|number| self.position(number)).min();
        match outermost {
            Some(position) => Box::pin(self.roll_back_to(position)).await,
            None => Ok(()),
        }
    }

    fn position(&self, number: u32) -> Option<usize> {
        self.state.savepoints.iter().position(|set| *set == number)
    }

    /// Whether there is anything but a rollback left to do.
    fn check_aborted(&self) -> Result<()> {
        match &self.state.aborted {
            Some(because) => Err(Error::new(ErrorKind::TransactionAborted { because: because.clone() })),
            None => Ok(()),
        }
    }

    /// Draws the consequences of an error.
    fn failed(&mut self, error: &Error) {
        self.session.note(error);
        let aborts = error.database().is_some() && self.session.db.backend().errors_abort_transactions();
        let lost = self.state.guard.as_ref().is_some_and(|guard| guard.lost_transaction());
        if aborts || lost {
            let because = || error.to_string();
            self.state.aborted.get_or_insert_with(because);
        }
    }

    /// Runs a statement about savepoints.
    async fn control(&mut self, sql: &str) -> Result<()> {
        let start = Instant::now();
        let result = self.script(sql).await;
        traced(sql, start, &result);
        result
    }

    async fn script(&mut self, sql: &str) -> Result<()> {
        let result = self.guard()?.script(sql).await.map_err(|error| error.in_statement(&sql.into()));
        if let Err(error) = &result {
            self.failed(error);
        }
        result
    }

    async fn run_one(&mut self, one: One<'_>, job: &mut Job<'_>) -> Result<u64> {
        let db = &self.session.db;
        let bindings = db.compile(one)?;
        let statement = one.statement();
        let guard = self.guard()?;
        let result = run::run(guard, statement, &bindings, job, db.slow()).await.map_err(|failed| failed.error);
        if let Err(error) = &result {
            self.failed(error);
        }
        result
    }

    /// Runs statements in a savepoint of their own.
    async fn run_all(&mut self, statements: &[ir::Statement], job: &mut Job<'_>) -> Result<u64> {
        let position = self.state.savepoints.len();
        self.set_savepoint().await?;
        let mut affected = 0;
        for statement in statements {
            match self.run_one(One::Statement(statement), job).await {
                Ok(count) => affected += count,
                Err(error) => {
                    self.roll_back_to(position).await?;
                    return Err(error);
                }
            }
            // where nothing was waited for, others have had no turn
            tokio::task::yield_now().await;
        }
        self.release(position).await?;
        Ok(affected)
    }

    /// Sets a savepoint.
    async fn set_savepoint(&mut self) -> Result<u32> {
        self.check_aborted()?;
        let number = self.state.newest + 1;
        self.state.newest = number;
        self.control(&format!("SAVEPOINT {}", name(number))).await?;
        self.state.savepoints.push(number);
        Ok(number)
    }

    /// Keeps what was done since the savepoint at `position`.
    async fn release(&mut self, position: usize) -> Result<()> {
        let Some(&number) = self.state.savepoints.get(position) else {
            return Err(Error::new(ErrorKind::TransactionEnded));
        };
        if let Err(aborted) = self.check_aborted() {
            self.roll_back_to(position).await?;
            return Err(aborted);
        }
        self.control(&format!("RELEASE SAVEPOINT {}", name(number))).await?;
        self.state.savepoints.truncate(position);
        Ok(())
    }

    /// Undoes what was done since the savepoint at `position`, and removes it.
    async fn roll_back_to(&mut self, position: usize) -> Result<()> {
        let Some(&number) = self.state.savepoints.get(position) else {
            return Err(Error::new(ErrorKind::TransactionEnded));
        };
        let name = name(number);
        if self.state.guard.as_ref().is_some_and(|guard| guard.lost_transaction()) {
            self.state.savepoints.truncate(position);
            return self.check_aborted();
        }
        let sql = format!("ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}");
        if let Err(error) = self.control(&sql).await {
            self.finish();
            return Err(error);
        }
        self.state.savepoints.truncate(position);
        self.state.aborted = None;
        self.session.forget_hooks(number);
        Ok(())
    }

    /// The transaction is over: its connection goes back, or is rolled back or closed.
    fn finish(&mut self) {
        self.state.phase = Phase::Ended;
        self.session.let_go(&mut self.state);
    }

    /// Makes sure that there is something to commit.
    async fn prepare_commit(&mut self) -> Result<()> {
        if let Err(aborted) = self.check_aborted() {
            let _ = self.rollback().await;
            return Err(aborted);
        }
        // a nested transaction that was not committed is not kept
        if !self.state.savepoints.is_empty() {
            self.roll_back_to(0).await?;
        }
        self.guard().map(drop)
    }

    async fn commit(&mut self) -> Result<()> {
        self.prepare_commit().await?;
        self.state.phase = Phase::Committing;
        let Some(guard) = &mut self.state.guard else { return Err(Error::new(ErrorKind::TransactionEnded)) };
        let result = guard.commit().await;
        if let Err(error) = &result {
            self.session.note(error);
        }
        let unknown = matches!(&result, Err(error) if matches!(error.kind(), ErrorKind::OutcomeUnknown));
        if !unknown {
            self.state.phase = Phase::Ended;
        }
        self.session.let_go(&mut self.state);
        result
    }

    async fn rollback(&mut self) -> Result<()> {
        let guard = self.guard()?;
        let result = if guard.lost_transaction() { Ok(()) } else { guard.end("ROLLBACK").await };
        self.finish();
        result
    }
}

impl<B: Backend> Drop for Turn<'_, B> {
    fn drop(&mut self) {
        let dirty = self.state.guard.as_ref().is_some_and(|guard| guard.is_dirty());
        if dirty || self.session.abandoned.load(Ordering::Acquire) {
            self.session.let_go(&mut self.state);
        }
    }
}

/// Says for its lifetime that the session is held by a stream.
struct Streaming<'s>(Option<&'s AtomicBool>);

impl<'s> Streaming<'s> {
    fn new(flag: &'s AtomicBool, pace: Pace) -> Streaming<'s> {
        let flag = (pace == Pace::Stream).then_some(flag);
        if let Some(flag) = flag {
            flag.store(true, Ordering::Release);
        }
        Streaming(flag)
    }
}

impl Drop for Streaming<'_> {
    fn drop(&mut self) {
        if let Some(flag) = self.0 {
            flag.store(false, Ordering::Release);
        }
    }
}

impl<B: Backend> Level for Savepoint<B> {
    fn run<'a>(&'a self, mut job: Job<'a>) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move {
            check_engine(job.engines, B::ENGINE)?;
            let mut turn = self.session.turn(self.number).await?;
            let _streaming = Streaming::new(&self.session.streaming, job.pace);
            turn.check_aborted()?;
            match job.runs {
                Runs::Statements([]) => Ok(0),
                Runs::Statements([statement]) => turn.run_one(One::Statement(statement), &mut job).await,
                Runs::Prepared(template, values) => turn.run_one(One::Prepared(template, values), &mut job).await,
                // boxed, so that what every statement awaits stays small
                Runs::Statements(several) => Box::pin(turn.run_all(several, &mut job)).await,
            }
        })
    }

    fn begin(&self) -> BoxFuture<'_, Result<Arc<dyn Level>>> {
        Box::pin(async move {
            let number = self.session.turn(self.number).await?.set_savepoint().await?;
            Ok(Arc::new(Savepoint { session: self.session.clone(), number }) as Arc<dyn Level>)
        })
    }

    fn commit(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let mut turn = self.session.turn(self.number).await?;
            match turn.position(self.number) {
                Some(position) => turn.release(position).await,
                None => {
                    turn.commit().await?;
                    drop(turn);
                    let hooks = std::mem::take(&mut *self.session.hooks.lock().unwrap_or_else(PoisonError::into_inner));
                    hooks.into_iter().for_each(|(_, hook)| hook());
                    Ok(())
                }
            }
        })
    }

    fn rollback(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let mut turn = self.session.turn(self.number).await?;
            match turn.position(self.number) {
                Some(position) => turn.roll_back_to(position).await,
                None => turn.rollback().await,
            }
        })
    }

    fn script<'a>(&'a self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { self.session.turn(self.number).await?.script(sql).await })
    }

    fn raw_script<'a>(&'a self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let mut turn = self.session.turn(self.number).await?;
            turn.guard()?.taint();
            turn.script(sql).await
        })
    }

    #[cfg(feature = "migrate")]
    fn hand_back(&self) -> BoxFuture<'_, Result<Vec<Hook>>> {
        Box::pin(async move {
            let mut turn = self.session.turn(self.number).await?;
            turn.prepare_commit().await?;
            turn.finish();
            let hooks = std::mem::take(&mut *self.session.hooks.lock().unwrap_or_else(PoisonError::into_inner));
            Ok(hooks.into_iter().map(|(_, hook)| hook).collect())
        })
    }

    fn after_commit(&self, hook: Hook) {
        self.session.hooks.lock().unwrap_or_else(PoisonError::into_inner).push((self.number, hook));
    }

    fn abandon(&self) {
        self.session.abandoned.store(true, Ordering::Release);
        // whoever holds the state now gives the connection up when its turn ends
        if let Ok(mut state) = self.session.state.try_lock() {
            self.session.let_go(&mut state);
        }
    }

    fn may_succeed_again(&self) -> bool {
        self.session.conflict.load(Ordering::Acquire)
    }

    fn limits(&self) -> Limits {
        Core::limits(&*self.session.db)
    }
}

impl<B: Backend> Drop for Savepoint<B> {
    fn drop(&mut self) {
        if self.number == ROOT {
            self.abandon();
        } else {
            self.session.dropped.lock().unwrap_or_else(PoisonError::into_inner).push(self.number);
        }
    }
}

fn name(number: u32) -> String {
    format!("relvar_{number}")
}
