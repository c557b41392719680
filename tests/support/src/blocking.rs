//! Async work done on a thread of its own, so that it can be waited for inside of another runtime.

use std::future::Future;

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

pub(crate) fn wait<T: Send>(work: impl Future<Output = T> + Send) -> T {
    let answer = std::thread::scope(|scope| scope.spawn(|| runtime().block_on(work)).join());
    answer.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
