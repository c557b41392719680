//! Rows one after the other, at the pace of who reads them.

use futures_core::future::BoxFuture;
use futures_core::stream::Stream;
use relvar_query::dialect::Dialect;
use relvar_query::ir;
use relvar_query::types::{Cells, Decoder};
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use super::sink;
use crate::backend::{BadCell, RowSink};
use crate::error::{Error, Result};
use crate::executor::{Executor, Job, Pace, Runs};

/// How many rows each end of a stream holds: when both have as many, the run waits for the reader.
const ROOM: usize = 32;

/// The rows of a running statement. Made by [`Fetch::stream`](super::Fetch::stream).
#[must_use = "a stream does nothing until it is polled"]
pub struct RowStream<'e, R> {
    run: Option<BoxFuture<'e, Result<u64>>>,
    buffer: Arc<Mutex<VecDeque<R>>>,
    /// Rows taken out of the buffer, all that were there at once.
    taken: VecDeque<R>,
    error: Option<Error>,
}

/// What a stream runs, and keeps as long.
pub(super) trait Streamed: Send + Sync {
    fn runs(&self) -> Runs<'_>;
}

impl Streamed for ir::Statement {
    fn runs(&self) -> Runs<'_> {
        Runs::Statements(std::slice::from_ref(self))
    }
}

/// Nothing in it is pinned but what is in a box.
impl<R> Unpin for RowStream<'_, R> {}

impl<'e, R: Send + 'static> RowStream<'e, R> {
    pub(super) fn new<D: Dialect, E: Executor<D> + 'e>(
        executor: E,
        streamed: impl Streamed + 'e,
        decoder: Decoder<R>,
    ) -> RowStream<'e, R> {
        let buffer = Arc::new(Mutex::new(VecDeque::new()));
        let mut rows = Buffer { decoder: decoder.clone(), held: VecDeque::new(), buffer: buffer.clone() };
        let run = Box::pin(async move {
            let job = Job {
                runs: streamed.runs(),
                engines: D::ENGINES,
                expected: &|types| decoder.types(types),
                rows: &mut rows,
                stop_after: None,
                pace: Pace::Stream,
                read_only: false,
                compiled: None,
            };
            let done = executor.run(job).await;
            rows.flush();
            done
        });
        RowStream { run: Some(run), buffer, taken: VecDeque::new(), error: None }
    }
}

impl<R> Stream for RowStream<'_, R> {
    type Item = Result<R>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<R>>> {
        let stream = &mut *self;
        loop {
            if stream.taken.is_empty() {
                std::mem::swap(&mut stream.taken, &mut *stream.buffer.lock().unwrap_or_else(PoisonError::into_inner));
            }
            if let Some(row) = stream.taken.pop_front() {
                return Poll::Ready(Some(Ok(row)));
            }
            let Some(run) = &mut stream.run else {
                return Poll::Ready(stream.error.take().map(Err));
            };
            match run.as_mut().poll(context) {
                Poll::Ready(result) => {
                    stream.run = None;
                    stream.error = result.err();
                }
                Poll::Pending if stream.buffer.lock().unwrap_or_else(PoisonError::into_inner).is_empty() => {
                    return Poll::Pending;
                }
                Poll::Pending => {}
            }
        }
    }
}

/// The end of a stream where rows go in: many at once, so that there is not a lock for each.
struct Buffer<R> {
    decoder: Decoder<R>,
    /// Rows that are not in the buffer yet.
    held: VecDeque<R>,
    buffer: Arc<Mutex<VecDeque<R>>>,
}

impl<R: Send + 'static> RowSink for Buffer<R> {
    fn row(&mut self, row: &dyn Cells) -> Result<ControlFlow<()>, BadCell> {
        self.held.push_back(sink::decode(&self.decoder, row)?);
        Ok(ControlFlow::Continue(()))
    }

    fn poll_room(&mut self, _context: &mut Context<'_>) -> Poll<()> {
        if self.held.len() < ROOM {
            return Poll::Ready(());
        }
        let mut buffer = self.buffer.lock().unwrap_or_else(PoisonError::into_inner);
        if buffer.is_empty() {
            std::mem::swap(&mut self.held, &mut *buffer);
            return Poll::Ready(());
        }
        // the reader polls the run again once it has taken the rows: nobody needs to be woken
        Poll::Pending
    }

    fn flush(&mut self) {
        if self.held.is_empty() {
            return;
        }
        let mut buffer = self.buffer.lock().unwrap_or_else(PoisonError::into_inner);
        if buffer.is_empty() {
            std::mem::swap(&mut self.held, &mut *buffer);
        } else {
            buffer.append(&mut self.held);
        }
    }
}
