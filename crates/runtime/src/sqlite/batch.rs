//! Rows copied out of SQLite, many to a message, for a reader on another thread.

use relvar_query::types::{Cell, Cells, DecodeError};
use std::ops::{ControlFlow, Range};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

use crate::backend::{BadCell, RowSink};

/// How many batches may wait for the reader.
pub(super) const WAITING: usize = 2;
/// A batch goes out when it has as many rows as this,
const ROWS: usize = 256;
/// or as many bytes,
const BYTES: usize = 64 << 10;
/// or is as old.
const AGE: Duration = Duration::from_millis(2);

/// Rows of one width.
#[derive(Debug, Default)]
pub(super) struct Batch {
    columns: usize,
    cells: Vec<Packed>,
    bytes: Vec<u8>,
}

#[derive(Clone, Debug)]
enum Packed {
    Null,
    Integer(i64),
    Real(f64),
    Text(Range<usize>),
    Blob(Range<usize>),
}

impl Batch {
    fn push(&mut self, row: &dyn Cells) -> Result<(), BadCell> {
        for position in 0..self.columns {
            let packed = match row.cell(position).map_err(|why| BadCell { position, why })? {
                Cell::Null => Packed::Null,
                Cell::Integer(i) => Packed::Integer(i),
                Cell::Real(r) => Packed::Real(r),
                Cell::Text(text) => Packed::Text(self.keep(text)),
                Cell::Blob(bytes) | Cell::Binary(bytes) => Packed::Blob(self.keep(bytes)),
                _ => return Err(BadCell { position, why: DecodeError::Missing }),
            };
            self.cells.push(packed);
        }
        Ok(())
    }

    fn keep(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        start..self.bytes.len()
    }

    fn len(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = BatchRow<'_>> + Send {
        self.cells.chunks(self.columns.max(1)).map(|cells| BatchRow { cells, bytes: &self.bytes })
    }
}

/// One row of a batch.
pub(super) struct BatchRow<'b> {
    cells: &'b [Packed],
    bytes: &'b [u8],
}

impl Cells for BatchRow<'_> {
    fn cell(&self, index: usize) -> Result<Cell<'_>, DecodeError> {
        let bytes = |range: &Range<usize>| self.bytes.get(range.clone()).ok_or(DecodeError::Missing);
        Ok(match self.cells.get(index).ok_or(DecodeError::Missing)? {
            Packed::Null => Cell::Null,
            Packed::Integer(i) => Cell::Integer(*i),
            Packed::Real(r) => Cell::Real(*r),
            Packed::Text(range) => Cell::Text(bytes(range)?),
            Packed::Blob(range) => Cell::Blob(bytes(range)?),
        })
    }
}

/// The sending side: takes rows on the blocking pool, waits while the reader is behind.
pub(super) struct Outbox {
    reader: mpsc::Sender<Batch>,
    batch: Batch,
    /// How many rows the next batch holds: the first row goes at once, so that the reader can begin.
    rows: usize,
    sent: Instant,
}

impl Outbox {
    /// For rows of `columns` cells.
    pub(super) fn new(reader: mpsc::Sender<Batch>, columns: usize) -> Outbox {
        Outbox { reader, batch: Batch { columns, ..Batch::default() }, rows: 1, sent: Instant::now() }
    }

    /// Sends what is left; whether the reader is still there.
    pub(super) fn flush(&mut self) -> bool {
        if self.batch.cells.is_empty() {
            return true;
        }
        // the next is about as large, unless this is one of the first
        let Batch { columns, cells, bytes } = &self.batch;
        let empty =
            Batch { columns: *columns, cells: Vec::with_capacity(cells.len()), bytes: Vec::with_capacity(bytes.len()) };
        let sent = self.reader.blocking_send(std::mem::replace(&mut self.batch, empty)).is_ok();
        self.rows = (self.rows * 2).min(ROWS);
        self.sent = Instant::now();
        sent
    }
}

impl RowSink for Outbox {
    fn row(&mut self, row: &dyn Cells) -> Result<ControlFlow<()>, BadCell> {
        self.batch.push(row)?;
        let full = self.batch.len() >= self.rows || self.batch.bytes.len() >= BYTES || self.sent.elapsed() >= AGE;
        Ok(if full && !self.flush() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}
