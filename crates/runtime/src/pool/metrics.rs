//! Numbers about a database in use.

use std::ops::Add;
use std::time::Duration;

/// How a database does: its connections and its cache of statements.
///
/// It is [`Serialize`](serde::Serialize), for an endpoint that shows how a service does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Metrics {
    /// How many connections there can be.
    pub size: usize,
    /// How many wait for use.
    pub idle: usize,
    /// How many are in use, being made or being closed.
    pub in_use: usize,
    /// How many tasks wait for one.
    pub waiting: usize,
    /// How long tasks have waited for one, all together.
    pub waited: Duration,
    /// How many were made.
    pub opened: u64,
    /// How many were closed, for whatever reason.
    pub closed: u64,
    /// How many were given up in the middle of something.
    pub buried: u64,
    /// How many statements found their SQL text in the cache.
    pub cache_hits: u64,
    /// For how many statements SQL text had to be built.
    pub cache_misses: u64,
}

impl Add for Metrics {
    type Output = Metrics;

    fn add(self, other: Metrics) -> Metrics {
        Metrics {
            size: self.size + other.size,
            idle: self.idle + other.idle,
            in_use: self.in_use + other.in_use,
            waiting: self.waiting + other.waiting,
            waited: self.waited + other.waited,
            opened: self.opened + other.opened,
            closed: self.closed + other.closed,
            buried: self.buried + other.buried,
            cache_hits: self.cache_hits + other.cache_hits,
            cache_misses: self.cache_misses + other.cache_misses,
        }
    }
}
