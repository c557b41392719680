//! A view that keeps no rows, refreshed.

use relvar::prelude::*;
use schema::Thread;

#[derive(View, Debug)]
#[view(dialect = Postgres, query = || Thread::query().select(|t| OpenExprs { id: t.id }))]
struct Open {
    id: i64,
}

fn main() {
    let _ = Open::refresh();
}
