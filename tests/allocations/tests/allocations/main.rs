//! Counts allocations of what every statement passes: building it, finding its text, collecting its arguments.
//!
//! They are counts, not times, so they are the same on every machine. A count that grows is a change to look at.

mod build;
mod run;
mod tables;

/// How many allocations `body` makes on this thread.
fn allocations(body: impl FnOnce()) -> u64 {
    allocation_counter::measure(body).count_total
}
