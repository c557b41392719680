//! A row written to a view.

use relvar::prelude::*;
use schema::Thread;

#[derive(View, Debug)]
#[view(dialect = Postgres, query = || Thread::query().select(|t| OpenExprs { id: t.id }))]
struct Open {
    id: i64,
}

fn main() {
    let _ = Open::insert(Open { id: 1 });
    let _ = Open::delete();
}
