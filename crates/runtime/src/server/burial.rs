//! Burials: the server is made to end what it still does for a connection that was given up.

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout_at};

use super::guard::Guard;
use crate::error::Result;

/// For how long the server is asked to end a session.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many connections are made at once to end what was given up.
pub(crate) const AT_ONCE: usize = 2;

/// Calls `end`, which ends `session` over a connection of its own, until it succeeds or patience is over.
pub(crate) async fn bury<F>(burials: &Semaphore, address: &str, session: impl Display, mut end: impl FnMut() -> F)
where
    F: Future<Output = Result<()>>,
{
    let deadline = Instant::now() + PATIENCE;
    let ended = timeout_at(deadline, async {
        let Ok(_permit) = burials.acquire().await else { return };
        let mut pauses = Pauses::new(Duration::from_millis(5), Duration::from_millis(500));
        while let Err(error) = Guard::default().run(end()).await {
            tracing::debug!(%session, %error, "a session that was given up cannot be ended yet");
            pauses.pause().await;
        }
    });
    if ended.await.is_err() {
        tracing::warn!(address, %session, "the server did not end a session that was given up within {PATIENCE:?}");
    }
}

/// Pauses that grow, for asking again and again.
pub(crate) struct Pauses {
    next: Duration,
    longest: Duration,
}

impl Pauses {
    /// From the first to the longest.
    pub(crate) fn new(first: Duration, longest: Duration) -> Pauses {
        Pauses { next: first, longest }
    }

    /// Waits.
    pub(crate) async fn pause(&mut self) {
        sleep(self.next).await;
        self.next = (self.next * 2).min(self.longest);
    }
}

impl Default for Pauses {
    /// For a session that should be gone any moment.
    fn default() -> Pauses {
        Pauses::new(Duration::from_millis(1), Duration::from_millis(50))
    }
}
