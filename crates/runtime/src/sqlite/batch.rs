//! Rows read on the blocking pool for a sink on another thread, many to a message.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

use super::drive::Live;
use crate::backend::{BadCell, Reader};

/// How many batches may wait for the sink.
pub(super) const WAITING: usize = 2;
/// A batch goes out when it has as many rows as this,
const ROWS: u64 = 256;
/// or as many bytes of text and blobs,
const BYTES: usize = 64 << 10;
/// or is as old.
const AGE: Duration = Duration::from_millis(2);

/// The sending side: reads rows, waits while the sink is behind.
pub(super) struct Outbox {
    reader: Box<dyn Reader>,
    /// Tells how many rows each parcel of the reader has.
    sent: mpsc::Sender<u64>,
    rows: u64,
    bytes: usize,
    /// How many rows the next batch holds: the first row goes at once, so that the sink can begin.
    most: u64,
    since: Instant,
}

impl Outbox {
    pub(super) fn new(reader: Box<dyn Reader>, sent: mpsc::Sender<u64>) -> Outbox {
        Outbox { reader, sent, rows: 0, bytes: 0, most: 1, since: Instant::now() }
    }

    /// Sends what is left; whether the sink is still there.
    pub(super) fn flush(&mut self) -> bool {
        if self.rows == 0 {
            return true;
        }
        self.reader.pack();
        let sent = self.sent.blocking_send(self.rows).is_ok();
        (self.rows, self.bytes) = (0, 0);
        self.most = (self.most * 2).min(ROWS);
        self.since = Instant::now();
        sent
    }

    /// Reads a row; `Break` if nobody wants it any more.
    ///
    /// # Errors
    /// A cell that could not be decoded.
    pub(super) fn row(&mut self, row: &Live<'_, '_>) -> Result<ControlFlow<()>, BadCell> {
        self.reader.row(row)?;
        self.rows += 1;
        self.bytes += row.bytes();
        let full = self.rows >= self.most || self.bytes >= BYTES || self.since.elapsed() >= AGE;
        Ok(if full && !self.flush() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}
