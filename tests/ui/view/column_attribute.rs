//! What only a column of a table can have.

use relvar::prelude::*;

#[derive(View, Debug)]
#[view(dialect = Postgres, query = || schema::Thread::query().select(|t| OpenExprs { id: t.id }))]
struct Open {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
