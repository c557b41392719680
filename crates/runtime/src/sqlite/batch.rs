//! Rows copied out of SQLite on the blocking pool, many to a parcel, for a sink on another thread.
//!
//! They are decoded there: what a row owns is freed by the thread that allocated it, and a parcel that was read goes
//! back to be filled again.

use relvar_query::types::{Cell, Cells, DecodeError};
use std::ops::ControlFlow;
use std::sync::mpsc as returned;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

use super::watch::Watch;
use crate::backend::BadCell;

/// How many parcels may wait for the sink.
const WAITING: usize = 2;
/// A parcel goes out when it has as many rows as this,
const ROWS: usize = 1024;
/// or as many bytes of text and blobs,
const BYTES: usize = 64 << 10;
/// or is as old.
const AGE: Duration = Duration::from_millis(2);
/// After how many rows the clock is asked, if SQLite has not been at work for long meanwhile.
const GLANCE: usize = 16;

/// A way for rows of `columns` cells from one thread to another.
pub(super) fn way(columns: usize) -> (Outbox, Inbox) {
    let (sender, filled) = mpsc::channel(WAITING);
    let (read, empty) = returned::channel();
    let parcel = Parcel { columns, ..Parcel::default() };
    (Outbox { sender, empty, parcel, most: 1, since: Instant::now(), looked: 0 }, Inbox { filled, read })
}

/// Rows of one width.
#[derive(Debug, Default)]
pub(super) struct Parcel {
    columns: usize,
    rows: usize,
    cells: Vec<Packed>,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
enum Packed {
    Null,
    Integer(i64),
    Real(f64),
    /// Where it begins in the bytes; a value of SQLite is shorter than 2 GiB.
    Text(usize, u32),
    Blob(usize, u32),
}

impl Parcel {
    fn push(&mut self, row: &impl Cells) -> Result<(), BadCell> {
        for position in 0..self.columns {
            let packed = row.cell(position).and_then(|cell| self.pack(cell));
            self.cells.push(packed.map_err(|why| BadCell { position, why })?);
        }
        self.rows += 1;
        Ok(())
    }

    fn pack(&mut self, cell: Cell<'_>) -> Result<Packed, DecodeError> {
        Ok(match cell {
            Cell::Null => Packed::Null,
            Cell::Integer(i) => Packed::Integer(i),
            Cell::Real(r) => Packed::Real(r),
            Cell::Text(text) => {
                let (start, length) = self.keep(text)?;
                Packed::Text(start, length)
            }
            Cell::Blob(bytes) => {
                let (start, length) = self.keep(bytes)?;
                Packed::Blob(start, length)
            }
            _ => return Err(DecodeError::Missing),
        })
    }

    fn keep(&mut self, bytes: &[u8]) -> Result<(usize, u32), DecodeError> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        Ok((start, u32::try_from(bytes.len()).map_err(|_| DecodeError::Missing)?))
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = Unpacked<'_>> + Send {
        (0..self.rows).map(|row| {
            let cells = self.cells.get(row * self.columns..(row + 1) * self.columns).unwrap_or_default();
            Unpacked { cells, bytes: &self.bytes }
        })
    }

    fn clear(&mut self) {
        self.rows = 0;
        self.cells.clear();
        self.bytes.clear();
        // a large value is not kept for those that come
        self.bytes.shrink_to(2 * BYTES);
    }
}

/// A row of a parcel.
pub(super) struct Unpacked<'p> {
    cells: &'p [Packed],
    bytes: &'p [u8],
}

impl Cells for Unpacked<'_> {
    #[inline]
    fn cell(&self, index: usize) -> Result<Cell<'_>, DecodeError> {
        let kept =
            |start: usize, length: u32| self.bytes.get(start..start + length as usize).ok_or(DecodeError::Missing);
        Ok(match *self.cells.get(index).ok_or(DecodeError::Missing)? {
            Packed::Null => Cell::Null,
            Packed::Integer(i) => Cell::Integer(i),
            Packed::Real(r) => Cell::Real(r),
            Packed::Text(start, length) => Cell::Text(kept(start, length)?),
            Packed::Blob(start, length) => Cell::Blob(kept(start, length)?),
        })
    }
}

/// The sending side: fills parcels, waits while the sink is behind.
pub(super) struct Outbox {
    sender: mpsc::Sender<Parcel>,
    empty: returned::Receiver<Parcel>,
    parcel: Parcel,
    /// How many rows the next parcel holds: the first row goes at once, so that the sink can begin.
    most: usize,
    since: Instant,
    looked: u64,
}

impl Outbox {
    /// Takes a row; `Break` if nobody wants it any more.
    ///
    /// # Errors
    /// A cell that could not be read.
    pub(super) fn row(&mut self, row: &impl Cells, watch: &Watch) -> Result<ControlFlow<()>, BadCell> {
        self.parcel.push(row)?;
        let full = self.parcel.rows >= self.most || self.parcel.bytes.len() >= BYTES || self.is_old(watch);
        Ok(if full && !self.flush() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// The clock is not asked for every row, unless rows are slow to come.
    fn is_old(&mut self, watch: &Watch) -> bool {
        let looked = watch.last_look();
        let asked = looked != self.looked || self.parcel.rows.is_multiple_of(GLANCE);
        self.looked = looked;
        asked && self.since.elapsed() >= AGE
    }

    /// Sends what is left; whether the sink is still there.
    pub(super) fn flush(&mut self) -> bool {
        if self.parcel.rows == 0 {
            return true;
        }
        let columns = self.parcel.columns;
        let next = self.empty.try_recv().unwrap_or(Parcel { columns, ..Parcel::default() });
        let sent = self.sender.blocking_send(std::mem::replace(&mut self.parcel, next)).is_ok();
        self.most = (self.most * 2).min(ROWS);
        self.since = Instant::now();
        sent
    }
}

/// The receiving side.
pub(super) struct Inbox {
    /// The parcels, as they come.
    pub(super) filled: mpsc::Receiver<Parcel>,
    read: returned::Sender<Parcel>,
}

impl Inbox {
    /// Takes a parcel back that was read.
    pub(super) fn reuse(&self, mut parcel: Parcel) {
        parcel.clear();
        // the other side may have come to its end
        let _ = self.read.send(parcel);
    }
}
