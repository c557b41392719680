//! A generated column that a merge sets.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "tickets", dialect = Postgres)]
struct Ticket {
    #[column(primary_key)]
    id: i64,
    net: i64,
    #[column(generated = |t| t.net * 2)]
    double: i64,
}

fn main() {
    let merge = Ticket::merge().using(values([1i64]), |t, given| t.id.eq(given.0));
    let _ = merge.when_matched().update(|t, given| t.double.set(given.0));
}
