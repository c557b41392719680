//! The query of a view that lacks a column.

use relvar::prelude::*;
use schema::Thread;

#[derive(View, Debug)]
#[view(dialect = Postgres, query = || Thread::query().select(|t| OpenExprs { id: t.id }))]
struct Open {
    id: i64,
    title: String,
}

fn main() {}
