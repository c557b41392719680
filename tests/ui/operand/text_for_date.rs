//! A text beside a time.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().filter(|t| t.created_at.gt("2026-01-01"));
}
