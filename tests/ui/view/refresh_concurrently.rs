//! A materialized view without a unique index, refreshed while it is read.

use relvar::prelude::*;
use schema::Thread;

#[derive(View, Debug)]
#[view(materialized, dialect = Postgres, query = || Thread::query().select(|t| OpenExprs { id: t.id }))]
struct Open {
    id: i64,
}

fn main() {
    let _ = Open::refresh_concurrently();
}
