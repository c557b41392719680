//! An index of a view that keeps no rows.

use relvar::prelude::*;

#[derive(View, Debug)]
#[view(dialect = Postgres, query = || schema::Thread::query().select(|t| OpenExprs { id: t.id }))]
#[index(on = |o| o.id)]
struct Open {
    id: i64,
}

fn main() {}
