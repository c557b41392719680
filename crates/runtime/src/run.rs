//! Running one compiled statement on a connection: limits, errors with their statement, spans.

use relvar_query::compile::{Bindings, Compiled, Effect};
use relvar_query::ir;
use relvar_query::types::Cells;
use smallvec::SmallVec;
use std::ops::ControlFlow;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tracing::Instrument;

use crate::backend::{Backend, BadCell, Request, RowSink, Work};
use crate::error::{Error, ErrorKind, Result};
use crate::executor::{Job, Pace};
use crate::label;
use crate::pool::{Guard, within};

/// Room for the arguments of most statements.
const ARGUMENTS: usize = 4;
/// Room for the types of a row's cells, so that those of most rows need no more.
const CELLS: usize = 16;

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
    let compiled = &*bindings.compiled;
    let arguments: SmallVec<[ir::Bound<'_>; ARGUMENTS]> = bindings.iter().collect();
    check(compiled, job)?;
    let mut expected = Vec::with_capacity(CELLS);
    (job.expected)(&mut expected);
    let label = |position| label::label(statement, position);
    let reads = compiled.effect == Effect::Read;
    let mut request = Request {
        sql: &compiled.sql,
        arguments: &arguments,
        expected: &expected,
        label: &label,
        persistent: bindings.hit,
        work: match (job.pace, reads) {
            (Pace::Short, true) => Work::Read,
            (Pace::Short, false) => Work::Write,
            (Pace::Stream, _) => Work::Long,
        },
        affected: compiled.affected,
        // a write is never stopped half-way
        stop_after: job.stop_after.filter(|_| reads),
    };
    let mut rows = Counted { rows: &mut *job.rows, count: 0 };
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
    let elapsed = || end.saturating_duration_since(start);
    let rows = rows.count;
    let summary = &compiled.summary;
    let report = || match &result {
        Ok(done) if !within(slow, start, end) => {
            let (sql, affected, elapsed) = (&compiled.sql, done.affected, elapsed());
            tracing::warn!(%summary, %sql, rows, affected, ?elapsed, "slow statement");
        }
        Ok(done) => tracing::debug!(%summary, rows, affected = done.affected, elapsed = ?elapsed(), "statement"),
        // the message of a database may name values: only the kind of error is logged
        Err(error) => {
            tracing::debug!(%summary, rows, category = ?error.category(), elapsed = ?elapsed(), "statement failed");
        }
    };
    if span.is_disabled() {
        report()
    } else {
        span.in_scope(report)
    }
    match result {
        Ok(done) => Ok(done.affected),
        Err(error) => Err(Failed { error: error.in_statement(&compiled.sql), delivered: rows }),
    }
}

/// What can be known to be wrong before anything is sent.
fn check(compiled: &Compiled, job: &Job<'_>) -> Result<(), Failed> {
    if job.read_only && compiled.effect != Effect::Read {
        let what = ErrorKind::Unsupported("this handle runs statements that only read".into());
        return Err(Failed { error: Error::new(what).in_statement(&compiled.sql), delivered: 0 });
    }
    Ok(())
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
