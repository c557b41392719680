//! Where the rows of a statement go, and how those get there that are read on another thread.

use relvar_query::types::Cells;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

/// Takes rows as they arrive.
///
/// It is called by the task that polls the run, never from another thread.
pub(crate) trait RowSink: Send {
    /// Takes one row; `Break` ends the run.
    ///
    /// # Errors
    /// A decode error, which ends the run too. The position in the reader tells the column.
    fn row(&mut self, row: &dyn Cells) -> Result<ControlFlow<()>, BadCell>;

    /// What reads its rows on another thread, if a statement runs there: a cell is decoded where it is, so that only
    /// rows change threads.
    fn reader(&mut self) -> Box<dyn Reader>;

    /// Takes the next parcel of its reader, which has so many rows, and what may have been left there since; `Break` ends the run.
    fn parcel(&mut self, rows: u64) -> ControlFlow<()>;

    /// Ready while it has room for a row. It wakes nobody: a run that waits here is polled again by
    /// the one who takes the rows away.
    fn poll_room(&mut self, _context: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }
}

/// Reads rows for a sink that is on another thread.
pub(crate) trait Reader: Send {
    /// Reads a row.
    ///
    /// # Errors
    /// As [`RowSink::row`].
    fn row(&mut self, row: &dyn Cells) -> Result<(), BadCell>;

    /// Makes a parcel of the rows since the last one.
    fn pack(&mut self);
}

/// Waits until `rows` has room: to be awaited before each row is handed over, so that a stream whose
/// reader is slow does not fill memory.
pub(crate) async fn room(rows: &mut dyn RowSink) {
    std::future::poll_fn(|context| rows.poll_room(context)).await
}

/// A cell that could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadCell {
    /// Its position in the row.
    pub(crate) position: usize,
    /// Why.
    pub(crate) why: relvar_query::types::DecodeError,
}

/// Parcels of rows between a reader and its sink.
#[derive(Debug)]
pub(crate) struct Parcels<R>(Arc<Mutex<Vec<R>>>);

impl<R> Default for Parcels<R> {
    fn default() -> Self {
        Parcels(Arc::default())
    }
}

impl<R: Send + 'static> Parcels<R> {
    /// What reads rows with `read` and leaves them here.
    pub(crate) fn reader(&self, read: impl Fn(&dyn Cells) -> Result<R, BadCell> + Send + 'static) -> Box<dyn Reader> {
        Box::new(Packing { read, rows: Vec::new(), parcels: Parcels(self.0.clone()) })
    }

    /// All rows that were left here since it was last asked: those of the next parcel, and maybe of some behind it.
    pub(crate) fn next(&self) -> Vec<R> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

struct Packing<R, F> {
    read: F,
    rows: Vec<R>,
    parcels: Parcels<R>,
}

impl<R: Send, F: Fn(&dyn Cells) -> Result<R, BadCell> + Send> Reader for Packing<R, F> {
    fn row(&mut self, row: &dyn Cells) -> Result<(), BadCell> {
        self.rows.push((self.read)(row)?);
        Ok(())
    }

    fn pack(&mut self) {
        let mut left = self.parcels.0.lock().unwrap_or_else(PoisonError::into_inner);
        if left.is_empty() {
            // the next is about as large
            let room = self.rows.len();
            *left = std::mem::replace(&mut self.rows, Vec::with_capacity(room));
        } else {
            left.append(&mut self.rows);
        }
    }
}
