//! Where the rows of a statement go.

use relvar_query::types::Cells;
use std::ops::ControlFlow;
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

    /// Ready while it has room for a row. It wakes nobody: a run that waits here is polled again by
    /// the one who takes the rows away.
    fn poll_room(&mut self, _context: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    /// Passes on what it has held back: the run waits for more, and that may take long.
    fn flush(&mut self) {}
}

/// Waits until `rows` has room: to be awaited before rows are handed over, so that a stream whose
/// reader is slow does not fill memory.
pub(crate) async fn room(rows: &mut dyn RowSink) {
    std::future::poll_fn(|context| rows.poll_room(context)).await
}

/// Waits for more rows with `poll`; those that are there are passed on meanwhile.
pub(crate) async fn more<T>(rows: &mut dyn RowSink, mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> T {
    std::future::poll_fn(|context| {
        let polled = poll(context);
        if polled.is_pending() {
            rows.flush();
        }
        polled
    })
    .await
}

/// A cell that could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadCell {
    /// Its position in the row.
    pub(crate) position: usize,
    /// Why.
    pub(crate) why: relvar_query::types::DecodeError,
}
