//! Panics of the driver, which a server that breaks the protocol can cause, become errors.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use crate::error::{Error, ErrorKind, Result};

/// Tells the driver's panics from those of the code that takes the rows, which go on their way.
#[derive(Default)]
pub(crate) struct Guard {
    outside: AtomicBool,
}

impl Guard {
    /// Runs `work`; if the driver panics in it, that is an error.
    pub(crate) async fn run<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let mut work = pin!(work);
        poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(poll) => poll,
            Err(panic) if self.outside.load(Ordering::Relaxed) => resume_unwind(panic),
            Err(_) => {
                Poll::Ready(Err(Error::new(ErrorKind::ConnectionLost("the server broke the protocol".to_owned()))))
            }
        })
        .await
    }

    /// Code of the caller's, inside of [`run`](Self::run).
    pub(crate) fn outside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.outside.store(true, Ordering::Relaxed);
        let result = work();
        self.outside.store(false, Ordering::Relaxed);
        result
    }

    /// Code of the driver's, inside of [`outside`](Self::outside).
    pub(crate) fn inside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.outside.store(false, Ordering::Relaxed);
        let result = work();
        self.outside.store(true, Ordering::Relaxed);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_drivers_panics_are_errors() {
        let guard = Guard::default();
        let lost = guard.run::<()>(async { panic!("in the driver") }).await.unwrap_err();
        assert!(matches!(lost.kind(), ErrorKind::ConnectionLost(_)));
        let nested = guard.run::<()>(async { guard.outside(|| guard.inside(|| panic!("in the driver"))) }).await;
        assert!(nested.is_err());
        assert_eq!(Guard::default().run(async { Ok(7) }).await.unwrap(), 7);

        let task = tokio::spawn(async {
            let guard = Guard::default();
            guard.run::<()>(async { guard.outside(|| panic!("in a decoder")) }).await
        });
        assert!(task.await.unwrap_err().is_panic());
    }
}
