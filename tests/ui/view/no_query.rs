//! A view without a query.

use relvar::prelude::*;

#[derive(View, Debug)]
#[view(dialect = Postgres)]
struct Open {
    id: i64,
}

fn main() {}
