//! A transaction around a closure: how it begins, and how often it is run again.

use futures_core::future::BoxFuture;
use std::future::{Future, IntoFuture};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;
use tracing::Instrument;

use super::{Begin, Isolation, Level, Tx};
use crate::db::Core;
use crate::error::{Error, Result};

/// The pause before a transaction is run again for the first time; it doubles each time.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A transaction around a closure, which runs when it is awaited.
#[must_use = "a transaction does nothing until it is awaited"]
pub struct Transaction<'f, D, T, E = Error> {
    core: Arc<dyn Core>,
    begin: Begin,
    retries: u32,
    body: Box<dyn Fn(Tx<D>) -> BoxFuture<'f, Result<T, E>> + Send + 'f>,
}

impl<'f, D: 'static, T, E: From<Error>> Transaction<'f, D, T, E> {
    pub(crate) fn new<F, Fut>(core: Arc<dyn Core>, body: F) -> Self
    where
        F: Fn(Tx<D>) -> Fut + Send + 'f,
        Fut: Future<Output = Result<T, E>> + Send + 'f,
    {
        Transaction { core, begin: Begin::default(), retries: 0, body: Box::new(move |tx| Box::pin(body(tx))) }
    }

    /// How far it is kept apart from other transactions.
    pub fn isolation(mut self, isolation: Isolation) -> Self {
        self.begin.isolation = Some(isolation);
        self
    }

    /// It only reads: a write in it is an error of the database.
    pub fn read_only(mut self) -> Self {
        self.begin.read_only = true;
        self
    }

    /// A serializable transaction that only reads waits until it can run without conflict.
    pub fn deferrable(mut self) -> Self {
        self.begin.deferrable = true;
        self
    }

    /// Runs it again, up to so many times, after a conflict with another transaction: a serialization
    /// failure or a deadlock. What its closure did outside of the database is done again, too.
    pub fn retry(mut self, times: u32) -> Self {
        self.retries = times;
        self
    }

    async fn run(self) -> Result<T, E> {
        let mut attempt = 0;
        loop {
            let error: E = match self.core.clone().begin(self.begin).await {
                Ok(level) => {
                    let owner = Owner(level);
                    let result = (self.body)(Tx::over(owner.0.clone())).await;
                    let error = match result {
                        Ok(value) => match owner.0.commit().await {
                            Ok(()) => return Ok(value),
                            Err(error) => E::from(error),
                        },
                        Err(error) => {
                            // the closure's error says more than that there was nothing left to roll back
                            let _ = owner.0.rollback().await;
                            error
                        }
                    };
                    if !owner.0.may_succeed_again() || attempt >= self.retries {
                        return Err(error);
                    }
                    error
                }
                Err(error) if error.is_retryable() && attempt < self.retries => E::from(error),
                Err(error) => return Err(E::from(error)),
            };
            drop(error);
            let pause = pause(attempt);
            tracing::debug!(attempt = attempt + 1, retries = self.retries, ?pause, "transaction is run again");
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }
}

impl<'f, D: 'static, T: Send + 'f, E: From<Error> + Send + 'f> IntoFuture for Transaction<'f, D, T, E> {
    type Output = Result<T, E>;
    type IntoFuture = BoxFuture<'f, Result<T, E>>;

    fn into_future(self) -> Self::IntoFuture {
        let Begin { isolation, read_only, .. } = self.begin;
        let span = tracing::debug_span!("transaction", ?isolation, read_only);
        Box::pin(self.run().instrument(span))
    }
}

/// Ends its transaction when it is dropped, even if handles to it were kept elsewhere.
struct Owner(Arc<dyn Level>);

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.abandon();
    }
}

/// A growing pause of random length, so that those who met once do not meet again.
fn pause(attempt: u32) -> Duration {
    let longest = FIRST_PAUSE.saturating_mul(1 << attempt.min(16)).min(LONGEST_PAUSE);
    let random = (RandomState::new().hash_one(attempt) % 1024) as u32;
    longest / 2 + longest / 2 * random / 1024
}
