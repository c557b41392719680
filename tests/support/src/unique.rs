//! Names that no other test, process or machine draws.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) fn name() -> String {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let number = DRAWN.fetch_add(1, Ordering::Relaxed);
    // The keys of the hasher come from the system's randomness.
    format!("{:016x}", RandomState::new().hash_one((std::process::id(), number)))
}
