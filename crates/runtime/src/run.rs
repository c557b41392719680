//! Running one compiled statement on a connection: limits, errors with their statement, spans.

use relvar_query::compile::{Bindings, Compiled, Effect};
use relvar_query::ir;
use relvar_query::types::{CellTypes, Cells, Type};
use smallvec::SmallVec;
use std::borrow::Borrow;
use std::cell::Cell;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tracing::Instrument;
use tracing::level_filters::LevelFilter;

use crate::backend::{Backend, BadCell, Done, Request, RowSink, Work};
use crate::error::{Error, ErrorKind, Result};
use crate::executor::{Job, Pace};
use crate::label;
use crate::pool::{Guard, Pool, within};

/// Room for the arguments of most statements.
const ARGUMENTS: usize = 4;
/// For how many types of cells room is kept for the next run.
const KEPT: usize = 1_024;

/// Runs `statement`, of which `bindings` is the compiled form, and hands its rows to the job's sink.
///
/// # Errors
/// What the database said, with the statement; and whether rows had been handed over by then.
pub(crate) async fn run<B: Backend>(
    guard: &mut Guard<B>,
    statement: &ir::Statement,
    bindings: &Bindings<'_>,
    job: &mut Job<'_>,
    slow: Duration,
) -> Result<u64, Failed> {
    check(&bindings.compiled, job)?;
    let (arguments, expected) = (arguments(bindings), Expected::of::<B>(job));
    let label = |position| label::label(statement, position);
    let mut request = request(bindings, &arguments, &expected.0, &label, job);
    let mut rows = Counted { rows: &mut *job.rows, count: 0 };
    let compiled = &*bindings.compiled;
    let span = tracing::debug_span!("statement", summary = %compiled.summary, fingerprint = compiled.fingerprint);
    let start = guard.now();
    let result = if span.is_disabled() {
        guard.run(&mut request, &mut rows).await
    } else {
        // boxed, so that what every statement awaits stays small
        Box::pin(guard.run(&mut request, &mut rows).instrument(span.clone())).await
    };
    let end = Instant::now();
    guard.ended(end);
    let seen = Seen { compiled, rows: rows.count, start, end, slow };
    if span.is_disabled() {
        seen.report(&result);
    } else {
        span.in_scope(|| seen.report(&result));
    }
    seen.outcome(result)
}

/// As [`run`], without a span, if nothing has to be waited for; without a result, nothing was done.
#[inline]
pub(crate) fn run_now<B: Backend, P: Borrow<Arc<Pool<B>>>>(
    guard: &mut Guard<B, P>,
    statement: &ir::Statement,
    bindings: &Bindings<'_>,
    job: &mut Job<'_>,
    slow: Duration,
) -> Option<Result<u64, Failed>> {
    if let Err(failed) = check(&bindings.compiled, job) {
        return Some(Err(failed));
    }
    let (arguments, expected) = (arguments(bindings), Expected::of::<B>(job));
    let label = |position| label::label(statement, position);
    let mut request = request(bindings, &arguments, &expected.0, &label, job);
    let mut rows = Counted { rows: &mut *job.rows, count: 0 };
    let start = guard.now();
    let result = guard.run_now(&mut request, &mut rows)?;
    let end = Instant::now();
    guard.ended(end);
    let seen = Seen { compiled: &bindings.compiled, rows: rows.count, start, end, slow };
    seen.report(&result);
    Some(seen.outcome(result))
}

type Arguments<'s> = SmallVec<[ir::Bound<'s>; ARGUMENTS]>;

// in place, for a list is much to move; one by one, for there are few as a rule
#[inline(always)]
fn arguments<'s>(bindings: &Bindings<'s>) -> Arguments<'s> {
    let mut arguments = Arguments::new();
    bindings.iter().for_each(|argument| arguments.push(argument));
    arguments
}

#[inline(always)]
fn request<'a>(
    bindings: &'a Bindings<'_>,
    arguments: &'a [ir::Bound<'a>],
    expected: &'a CellTypes,
    label: &'a (dyn Fn(usize) -> String + Sync),
    job: &Job<'_>,
) -> Request<'a> {
    let compiled = &*bindings.compiled;
    let reads = compiled.effect == Effect::Read;
    Request {
        sql: &compiled.sql,
        arguments,
        expected,
        label,
        persistent: bindings.hit,
        work: match (job.pace, reads) {
            (Pace::Short, true) => Work::Read,
            (Pace::Short, false) => Work::Write,
            (Pace::Stream, _) => Work::Long,
        },
        affected: compiled.affected,
        // a write is never stopped half-way
        stop_after: job.stop_after.filter(|_| reads),
    }
}

/// What was seen of a run.
struct Seen<'c> {
    compiled: &'c Compiled,
    rows: u64,
    start: Instant,
    end: Instant,
    slow: Duration,
}

impl Seen<'_> {
    /// Says so where somebody listens, or has to.
    #[inline]
    fn report(&self, result: &Result<Done>) {
        let unremarkable = result.is_ok() && within(self.slow, self.start, self.end);
        if !unremarkable || LevelFilter::current() >= LevelFilter::DEBUG {
            self.tell(result);
        }
    }

    #[cold]
    fn tell(&self, result: &Result<Done>) {
        let (rows, summary) = (self.rows, &self.compiled.summary);
        let elapsed = || self.end.saturating_duration_since(self.start);
        match result {
            Ok(done) if !within(self.slow, self.start, self.end) => {
                let (sql, affected, elapsed) = (&self.compiled.sql, done.affected, elapsed());
                tracing::warn!(%summary, %sql, rows, affected, ?elapsed, "slow statement");
            }
            Ok(done) => tracing::debug!(%summary, rows, affected = done.affected, elapsed = ?elapsed(), "statement"),
            // the message of a database may name values: only the kind of error is logged
            Err(error) => {
                tracing::debug!(%summary, rows, category = ?error.category(), elapsed = ?elapsed(), "statement failed");
            }
        }
    }

    #[inline]
    fn outcome(self, result: Result<Done>) -> Result<u64, Failed> {
        match result {
            Ok(done) => Ok(done.affected),
            Err(error) => Err(Failed { error: error.in_statement(&self.compiled.sql), delivered: self.rows }),
        }
    }
}

thread_local!(static SPARE: Cell<Vec<&'static Type>> = const { Cell::new(Vec::new()) });

/// What a row's cells must be; their types are in memory that the next run of the thread gets.
struct Expected(CellTypes);

impl Expected {
    #[inline]
    fn of<B: Backend>(job: &Job<'_>) -> Expected {
        let mut types = if B::TYPED {
            // at the end of a thread there is none
            CellTypes::listed(SPARE.try_with(Cell::take).unwrap_or_default())
        } else {
            CellTypes::counted()
        };
        (job.expected)(&mut types);
        Expected(types)
    }
}

impl Drop for Expected {
    #[inline]
    fn drop(&mut self) {
        if let Some(mut types) = self.0.take_list().filter(|types| types.capacity() <= KEPT) {
            types.clear();
            // at the end of a thread nobody needs it
            let _ = SPARE.try_with(|spare| spare.set(types));
        }
    }
}

/// What can be known to be wrong before anything is sent.
#[inline]
fn check(compiled: &Compiled, job: &Job<'_>) -> Result<(), Failed> {
    if job.read_only && compiled.effect != Effect::Read { Err(refused(compiled)) } else { Ok(()) }
}

#[cold]
fn refused(compiled: &Compiled) -> Failed {
    let what = ErrorKind::Unsupported("this handle runs statements that only read".into());
    Failed { error: Error::new(what).in_statement(&compiled.sql), delivered: 0 }
}

/// An error, and how many rows had been handed over before it.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) error: Error,
    pub(crate) delivered: u64,
}

/// A sink that counts.
struct Counted<'r> {
    rows: &'r mut (dyn RowSink + 'r),
    count: u64,
}

impl RowSink for Counted<'_> {
    fn row(&mut self, row: &dyn Cells) -> Result<ControlFlow<()>, BadCell> {
        self.count += 1;
        self.rows.row(row)
    }

    fn poll_room(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.rows.poll_room(context)
    }

    fn flush(&mut self) {
        self.rows.flush();
    }
}
