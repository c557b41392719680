//! What takes part in a benchmark: a process that runs workloads on command and says how long each took.
//!
//! A process for each contender, so that none shares an allocator, a runtime or a version of a library with another,
//! and so that its peak memory can be read. The driver writes a line `<workload> <times>`; the answer is a line
//! `<nanoseconds> <sum>`, whose sum is that of all that was read, so that no contender can skip the work.

mod allocations;
pub mod model;
mod serve;
mod spread;
mod workload;

pub use serve::serve;
pub use spread::Spread;
pub use workload::{BULK, Filters, NewUser, Workload, new_users};

use std::time::Duration;

/// What can go wrong; a contender ends with it.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The result of a workload.
pub type Result<T> = std::result::Result<T, Error>;

/// A library as its users write it. A method that is left out is a workload that it has no way to do.
///
/// The numbers that come back are sums of what was read, written out at each method.
pub trait Contender: Sized + Send + 'static {
    /// Runs statements without results: `DELETE FROM inserted`.
    fn execute(&mut self, sql: &'static str) -> impl Future<Output = Result<()>> + Send;

    /// Every column of the users with `id <= rows`; the sum of their ages.
    fn load(&mut self, rows: i64) -> impl Future<Output = Result<i64>> + Send {
        none(rows)
    }

    /// Users with `1000 < id <= 1000 + rows` with their posts, every column of both; the sum of ages and of the posts' ids.
    fn joined(&mut self, rows: i64) -> impl Future<Output = Result<i64>> + Send {
        none(rows)
    }

    /// The users with `first <= id <= last`, the posts of each, the comments of each; the sum of the comments' ids, nested.
    fn associations(&mut self, first: i64, last: i64) -> impl Future<Output = Result<i64>> + Send {
        none((first, last))
    }

    /// A user by key; its age.
    fn point(&mut self, id: i64) -> impl Future<Output = Result<i64>> + Send {
        none(id)
    }

    /// Inserts rows into `inserted` as the library's own insert of one or many does; how many.
    fn insert(&mut self, users: &[NewUser]) -> impl Future<Output = Result<i64>> + Send {
        none(users)
    }

    /// Inserts rows in the fastest way that the library offers for many, where that is another than `insert`; how many.
    fn bulk(&mut self, users: &[NewUser]) -> impl Future<Output = Result<i64>> + Send {
        none(users)
    }

    /// Sets the age of a user by key; how many were changed.
    fn update(&mut self, id: i64, age: i32) -> impl Future<Output = Result<i64>> + Send {
        none((id, age))
    }

    /// The first twenty users by id that pass the filters that are there; the sum of their ages.
    fn filters(&mut self, filters: &Filters) -> impl Future<Output = Result<i64>> + Send {
        none(filters)
    }

    /// Streams all of `events` (a million rows); the time until the first row, and the sum of their sizes.
    fn stream(&mut self) -> impl Future<Output = Result<(Duration, i64)>> + Send {
        none(())
    }

    /// Another handle of the same pool, for another task.
    fn share(&self) -> Option<Self> {
        None
    }

    /// Builds the SQL of a select by key, arguments collected, without running it; its length.
    fn build_simple(&mut self, _id: i64) -> Option<i64> {
        None
    }

    /// Builds the SQL of a join of three tables with a filter, an order and a limit, arguments collected; its length.
    fn build_join(&mut self, _id: i64) -> Option<i64> {
        None
    }
}

/// That a contender has no way to do this.
async fn none<T, A: Send>(_: A) -> Result<T> {
    Err(UNSUPPORTED.into())
}

pub(crate) const UNSUPPORTED: &str = "unsupported";
