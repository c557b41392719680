//! How long a lock that somebody else holds is waited for, and in which steps.

use std::time::{Duration, Instant};

/// Waits grow from what a small transaction takes to what does not matter any more.
const STEPS: [u64; 9] = [1, 1, 2, 2, 5, 5, 10, 10, 20];

/// The patience for one statement.
#[derive(Debug)]
pub(super) struct Patience {
    timeout: Duration,
    deadline: Option<Instant>,
    steps: usize,
}

impl Patience {
    /// Lasts for `timeout` from the first pause on.
    pub(super) fn new(timeout: Duration) -> Patience {
        Patience { timeout, deadline: None, steps: 0 }
    }

    /// How long to pause before the next attempt; `None` when patience is at its end.
    pub(super) fn pause(&mut self) -> Option<Duration> {
        let now = Instant::now();
        let deadline = match self.deadline {
            Some(deadline) => deadline,
            None => *self.deadline.insert(now.checked_add(self.timeout)?),
        };
        let left = deadline.checked_duration_since(now).filter(|left| !left.is_zero())?;
        let step = STEPS.get(self.steps).or(STEPS.last()).copied().unwrap_or(20);
        self.steps += 1;
        Some(Duration::from_millis(step).min(left))
    }
}
