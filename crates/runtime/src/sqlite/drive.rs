//! One statement on this thread: prepare, bind, step, hand over its rows.

use relvar_query::types::{Cell, Cells, DecodeError};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Row, Statement, TransactionState, ffi};
use std::hint::black_box;
use std::ops::ControlFlow;

use super::fault;
use super::watch::{Run, Watch};
use crate::backend::{BadCell, Done};
use crate::error::{Category, Error, ErrorKind, Result};

/// What to run.
#[derive(Clone, Copy)]
pub(super) struct Call<'c> {
    /// The text of one statement.
    pub(super) sql: &'c str,
    /// How many columns the result must have; 0 if no rows are wanted.
    pub(super) columns: usize,
    /// Whether to keep it prepared.
    pub(super) persistent: bool,
    /// How many rows are taken at most.
    pub(super) stop_after: Option<u64>,
    /// Whether this is the thread of the caller's task.
    pub(super) place: Place,
}

/// Where a statement runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On the thread of the caller's task; `may_move` if a read that takes long can be begun anew elsewhere.
    Here {
        /// Whether it can.
        may_move: bool,
    },
    /// On the blocking pool.
    Elsewhere,
}

/// Why a run did not come to its end.
pub(super) enum Halt {
    /// For good.
    Failed(Error),
    /// Somebody holds a lock. Nothing was done and no row handed over: it can be tried again.
    Busy(Error),
    /// It kept the calling thread for too long. Nothing was done, either.
    TooLong,
    /// The calling thread is no place for it. It was not begun.
    Misplaced,
    /// A cell was not what its reader needs.
    BadCell(BadCell),
    /// The result has another number of columns, this one.
    Columns(usize),
}

/// Runs `call` with `arguments` and hands its rows to `rows`.
#[inline]
pub(super) fn run<'v>(
    handle: &rusqlite::Connection,
    call: Call<'_>,
    arguments: impl ExactSizeIterator<Item = Result<ToSqlOutput<'v>>>,
    rows: &mut impl FnMut(&Live<'_, '_>) -> std::result::Result<ControlFlow<()>, BadCell>,
    watch: &Watch,
) -> std::result::Result<Done, Halt> {
    let halt = |error| halt(handle, watch, error, false);
    let fitting = |statement: &Statement<'_>| match statement.column_count() {
        found if call.columns != 0 && found != call.columns => Err(Halt::Columns(found)),
        _ => Ok(()),
    };
    let (mut kept, mut passing);
    let statement: &mut Statement<'_> = if call.persistent {
        kept = handle.prepare_cached(call.sql).map_err(halt)?;
        if fitting(&kept).is_err() {
            // what it was prepared for may be out of date
            kept.discard();
            kept = handle.prepare_cached(call.sql).map_err(halt)?;
            fitting(&kept)?;
        }
        &mut kept
    } else {
        passing = handle.prepare(call.sql).map_err(halt)?;
        fitting(&passing)?;
        &mut passing
    };
    step(handle, statement, call, arguments, rows, watch)
}

/// Runs transaction control, which has neither arguments nor rows.
pub(super) fn control(handle: &rusqlite::Connection, sql: &str, watch: &Watch) -> std::result::Result<(), Halt> {
    let run = || handle.prepare_cached(sql)?.raw_execute();
    run().map(drop).map_err(|error| halt(handle, watch, error, false))
}

/// Runs all statements of a text, with `pause` between the attempts while a lock is held; `None` of it ends them.
pub(super) fn script(
    handle: &rusqlite::Connection,
    sql: &str,
    watch: &Watch,
    mut pause: impl FnMut() -> bool,
) -> Result<()> {
    use rusqlite::fallible_iterator::FallibleIterator;

    let mut batch = rusqlite::Batch::new(handle, sql);
    loop {
        let _watching = watch.begin(Run::Unstoppable);
        let mut patiently = |attempt: &mut dyn FnMut() -> rusqlite::Result<bool>| loop {
            match attempt().map_err(|error| halt(handle, watch, error, false)) {
                Ok(more) => return Ok(more),
                Err(Halt::Busy(error)) if !pause() => return Err(error),
                Err(Halt::Busy(_)) => {}
                Err(Halt::Failed(error)) => return Err(error),
                Err(_) => return Err(Error::new(ErrorKind::ConnectionLost("the run was given up".to_owned()))),
            }
        };
        let mut statement = None;
        patiently(&mut || batch.next().map(|next| statement = next).map(|()| true))?;
        let Some(mut statement) = statement else { return Ok(()) };
        patiently(&mut || {
            let mut rows = statement.raw_query();
            while rows.next()?.is_some() {}
            Ok(true)
        })?;
    }
}

#[inline]
fn step<'v>(
    handle: &rusqlite::Connection,
    statement: &mut Statement<'_>,
    call: Call<'_>,
    arguments: impl ExactSizeIterator<Item = Result<ToSqlOutput<'v>>>,
    sink: &mut impl FnMut(&Live<'_, '_>) -> std::result::Result<ControlFlow<()>, BadCell>,
    watch: &Watch,
) -> std::result::Result<Done, Halt> {
    let (places, given) = (statement.parameter_count(), arguments.len());
    if places != given {
        let why = format!("the statement has {places} placeholders, but {given} values were given");
        return Err(Halt::Failed(Error::new(ErrorKind::Value(why))));
    }
    for (i, argument) in arguments.enumerate() {
        let argument = argument.map_err(Halt::Failed)?;
        statement.raw_bind_parameter(i + 1, argument).map_err(|error| Halt::Failed(fault::convert(error)))?;
    }

    let reads = statement.readonly();
    let changed = if reads { 0 } else { handle.total_changes() };
    let watching = watch.begin(match call.place {
        Place::Here { may_move: true } if reads => Run::Untouched,
        Place::Here { .. } => Run::Here,
        Place::Elsewhere if reads => Run::Elsewhere,
        Place::Elsewhere => Run::Unstoppable,
    });
    let (mut taken, mut wanted, mut outcome) = (0, call.columns != 0 && call.stop_after != Some(0), Ok(()));
    let mut rows = statement.raw_query();
    loop {
        let row = match rows.next() {
            Ok(Some(row)) => row,
            Ok(None) => break,
            Err(error) if taken > 0 && watch.is_enough() && fault::is_interrupt(&error) => break,
            Err(error) => return Err(halt(handle, watch, error, taken > 0)),
        };
        if wanted {
            if taken == 0 {
                watching.touched();
                // it may have been prepared anew since
                let found = row.as_ref().column_count();
                if found != call.columns {
                    (wanted, outcome) = (false, Err(Halt::Columns(found)));
                }
            }
            if wanted {
                taken += 1;
                match sink(&Live(row)) {
                    Ok(ControlFlow::Continue(())) => wanted = call.stop_after != Some(taken),
                    Ok(ControlFlow::Break(())) => wanted = false,
                    Err(bad) => (wanted, outcome) = (false, Err(Halt::BadCell(bad))),
                }
            }
        }
        // a write is run to its end: what RETURNING has not shown yet is done all the same
        if !wanted && reads && call.columns != 0 {
            break;
        }
    }
    drop(rows);
    drop(watching);
    outcome?;
    // statements other than INSERT, UPDATE and DELETE leave the count of the one before
    let affected = if reads || handle.total_changes() == changed { 0 } else { handle.changes() };
    Ok(Done { affected })
}

/// What an error of SQLite means for the run; `touched` if rows were handed over.
#[cold]
fn halt(handle: &rusqlite::Connection, watch: &Watch, error: rusqlite::Error, touched: bool) -> Halt {
    if fault::is_interrupt(&error) && watch.was_too_long() {
        return Halt::TooLong;
    }
    let state = handle.transaction_state::<&str>(None);
    if fault::is_schema_changed(&error) && !touched && matches!(state, Ok(TransactionState::None)) {
        return Halt::Busy(fault::convert(error));
    }
    if !fault::is_busy(&error) {
        return Halt::Failed(fault::convert(error));
    }
    let stale = fault::code(&error) == Some(ffi::SQLITE_BUSY_SNAPSHOT);
    match state {
        // what the transaction has read stands in the way: however long it waits, it cannot go on from there
        Ok(TransactionState::Read) => Halt::Failed(fault::convert_as(error, Category::SerializationFailure)),
        Ok(TransactionState::Write) if stale => Halt::Failed(fault::convert(error)),
        Ok(TransactionState::None | TransactionState::Write) if !touched => {
            Halt::Busy(fault::convert_as(error, Category::LockTimeout))
        }
        _ => Halt::Failed(fault::convert_as(error, Category::LockTimeout)),
    }
}

/// A row where SQLite has it.
pub(super) struct Live<'r, 's>(&'r Row<'s>);

impl Cells for Live<'_, '_> {
    #[inline]
    fn cell(&self, index: usize) -> std::result::Result<Cell<'_>, DecodeError> {
        Ok(match self.0.get_ref(index).map_err(|_| DecodeError::Missing)? {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(i) => Cell::Integer(i),
            ValueRef::Real(r) => Cell::Real(r),
            ValueRef::Text(text) => Cell::Text(apart(text)),
            ValueRef::Blob(bytes) => Cell::Blob(apart(bytes)),
        })
    }
}

/// The same bytes. Their address and their length have just been written one by one; the compiler would read both at
/// once, and for that a processor waits until everything written before has left its store buffer.
#[inline]
fn apart(bytes: &[u8]) -> &[u8] {
    bytes.get(..black_box(bytes.len())).unwrap_or(bytes)
}
