//! Watches over a run from inside of SQLite, every thousand opcodes, and ends it when it must not go on.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// How many opcodes lie between two looks: about 10 µs.
pub(super) const OPCODES: i32 = 1_000;
/// How long a read may keep the calling thread before its first row.
const PATIENCE: u64 = 300_000;
/// What counts as long for a run that cannot be begun anew: the next one of its text goes to the blocking pool.
const LONG: u64 = 5_000_000;
/// What the time between two looks counts at most, for either: on a busy machine a thread waits for its turn, and the
/// clock goes on.
const GAP: u64 = 200_000;

/// Where a statement runs, and what may be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Run {
    /// Nothing runs.
    Idle,
    /// A read on the calling thread without a row so far: it can be begun anew elsewhere.
    Untouched,
    /// On the calling thread, to be left to its end.
    Here,
    /// A read on the blocking pool: it may end when its reader has had enough.
    Elsewhere,
    /// Anything else on the blocking pool.
    Unstoppable,
}

/// What one connection's runs are measured by. Shared with SQLite's progress handler.
#[derive(Debug)]
pub(super) struct Watch {
    created: Instant,
    limit: Option<u64>,
    run: AtomicU8,
    /// When the first look of this run was, in nanoseconds from `created`; 0 before it. Most runs are over
    /// before that and never ask the clock.
    first_look: AtomicU64,
    last_look: AtomicU64,
    /// The time between the looks, without what is above `GAP`.
    worked: AtomicU64,
    too_long: AtomicBool,
    long: AtomicBool,
    enough: AtomicBool,
    given_up: AtomicBool,
}

impl Watch {
    /// `limit` is how long one statement may run.
    pub(super) fn new(limit: Option<Duration>) -> Watch {
        Watch {
            created: Instant::now(),
            limit: limit.map(nanos),
            run: AtomicU8::new(Run::Idle as u8),
            first_look: AtomicU64::new(0),
            last_look: AtomicU64::new(0),
            worked: AtomicU64::new(0),
            too_long: AtomicBool::new(false),
            long: AtomicBool::new(false),
            enough: AtomicBool::new(false),
            given_up: AtomicBool::new(false),
        }
    }

    /// Watches a run until the result is dropped.
    pub(super) fn begin(&self, run: Run) -> Watching<'_> {
        self.first_look.store(0, Relaxed);
        self.too_long.store(false, Relaxed);
        self.long.store(false, Relaxed);
        self.run.store(run as u8, Relaxed);
        Watching(self)
    }

    /// The look itself: whether the run must end.
    pub(super) fn look(&self) -> bool {
        if self.given_up.load(Relaxed) {
            return true;
        }
        let run = self.run.load(Relaxed);
        if run == Run::Idle as u8 {
            return false;
        }
        if run == Run::Elsewhere as u8 && self.enough.load(Relaxed) {
            return true;
        }
        let now = nanos(self.created.elapsed()).max(1);
        let first = self.first_look.load(Relaxed);
        let last = self.last_look.swap(now, Relaxed);
        if first == 0 {
            self.first_look.store(now, Relaxed);
            self.worked.store(0, Relaxed);
            return false;
        }
        if self.limit.is_some_and(|limit| now.saturating_sub(first) > limit) {
            return true;
        }
        let worked = self.worked.load(Relaxed).saturating_add(now.saturating_sub(last).min(GAP));
        self.worked.store(worked, Relaxed);
        if run == Run::Untouched as u8 && worked > PATIENCE {
            self.too_long.store(true, Relaxed);
            return true;
        }
        if worked > LONG {
            self.long.store(true, Relaxed);
        }
        false
    }

    /// When the last look was, in nanoseconds from some time on.
    pub(super) fn last_look(&self) -> u64 {
        self.last_look.load(Relaxed)
    }

    /// Whether the run was ended because it kept the calling thread.
    pub(super) fn was_too_long(&self) -> bool {
        self.too_long.load(Relaxed)
    }

    /// Whether the run was left to its end and kept the calling thread for long.
    pub(super) fn was_long(&self) -> bool {
        self.long.load(Relaxed)
    }

    /// Says whether the reader of a run elsewhere wants no more rows.
    pub(super) fn set_enough(&self, enough: bool) {
        self.enough.store(enough, Relaxed);
    }

    /// Whether the reader of a run elsewhere wants no more rows.
    pub(super) fn is_enough(&self) -> bool {
        self.enough.load(Relaxed)
    }

    /// Says whether nothing may run on this connection any more.
    pub(super) fn set_given_up(&self, given_up: bool) {
        self.given_up.store(given_up, Relaxed);
    }

    /// Whether nothing may run on this connection any more.
    pub(super) fn is_given_up(&self) -> bool {
        self.given_up.load(Relaxed)
    }
}

/// A run that is being watched.
pub(super) struct Watching<'w>(&'w Watch);

impl Watching<'_> {
    /// A row was handed over: the run cannot be begun anew any more.
    pub(super) fn touched(&self) {
        if self.0.run.load(Relaxed) == Run::Untouched as u8 {
            self.0.run.store(Run::Here as u8, Relaxed);
        }
    }
}

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        self.0.run.store(Run::Idle as u8, Relaxed);
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
