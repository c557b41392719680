//! Silence: an operation on a connection of which nothing is heard for too long is given up.

use relvar_query::types::Cells;
use std::future::{Future, poll_fn};
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, sleep};

use crate::backend::{BadCell, RowSink};
use crate::error::{Error, ErrorKind, Result};

/// Whether something was heard since it was last asked.
#[derive(Clone, Default)]
pub(super) struct Signs(Arc<AtomicBool>);

/// A sink that notes each row that arrives, and each time that it is the reader who is waited for.
pub(super) struct Heard<'r> {
    rows: &'r mut (dyn RowSink + 'r),
    signs: Signs,
}

impl<'r> Heard<'r> {
    pub(super) fn by(rows: &'r mut (dyn RowSink + 'r)) -> Heard<'r> {
        Heard { rows, signs: Signs::default() }
    }

    pub(super) fn signs(&self) -> Signs {
        self.signs.clone()
    }
}

impl RowSink for Heard<'_> {
    fn row(&mut self, row: &dyn Cells) -> Result<ControlFlow<()>, BadCell> {
        self.signs.0.store(true, Ordering::Relaxed);
        self.rows.row(row)
    }

    fn poll_room(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let room = self.rows.poll_room(context);
        if room.is_pending() {
            self.signs.0.store(true, Ordering::Relaxed);
        }
        room
    }

    fn flush(&mut self) {
        self.rows.flush();
    }
}

/// Runs `work` for as long as no more than `limit` passes between one sign of life and the next.
///
/// # Errors
/// `Timeout`; `work` was given up then.
pub(super) async fn limited<T>(limit: Duration, signs: &Signs, work: impl Future<Output = T>) -> Result<T> {
    let mut work = pin!(work);
    let mut alarm = pin!(sleep(limit));
    let mut last = Instant::now();
    poll_fn(|context| {
        if let Poll::Ready(output) = work.as_mut().poll(context) {
            return Poll::Ready(Ok(output));
        }
        let now = Instant::now();
        if signs.0.swap(false, Ordering::Relaxed) {
            last = now;
        }
        // the alarm is set anew when it rings, not with every row
        while alarm.as_mut().poll(context).is_ready() {
            let rings = last + limit;
            if rings <= now {
                return Poll::Ready(Err(Error::new(ErrorKind::Timeout(limit))));
            }
            alarm.as_mut().reset(rings);
        }
        Poll::Pending
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_is_silence_that_is_limited() {
        let limit = Duration::from_millis(50);
        let signs = Signs::default();
        assert!(limited(limit, &signs, async {}).await.is_ok());
        let silent = limited(limit, &signs, std::future::pending::<()>()).await.unwrap_err();
        assert!(matches!(silent.kind(), ErrorKind::Timeout(after) if *after == limit), "{silent}");

        // longer than the limit all together, and never silent for long
        let limit = Duration::from_millis(1_500);
        let talkative = limited(limit, &signs, async {
            for _ in 0..8 {
                sleep(Duration::from_millis(250)).await;
                signs.0.store(true, Ordering::Relaxed);
            }
        });
        assert!(talkative.await.is_ok());
    }
}
