//! The query of a view that selects other rows.

use relvar::prelude::*;
use schema::Thread;

#[derive(View, Debug)]
#[view(dialect = Postgres, query = || Thread::query().select(|t| (t.id, t.title)))]
struct Open {
    id: i64,
    title: String,
}

fn main() {}
