//! A patch of a generated column.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "bills", dialect = Postgres)]
struct Bill {
    #[column(primary_key)]
    id: i64,
    net: i64,
    #[column(generated = |t| t.net * 2)]
    double: i64,
}

#[derive(Patch)]
#[patch(table = Bill)]
struct Change {
    double: Set<i64>,
}

fn main() {}
