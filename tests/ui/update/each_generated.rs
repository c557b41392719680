//! A generated column that every row sets.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "offers", dialect = Postgres)]
struct Offer {
    #[column(primary_key)]
    id: i64,
    net: i64,
    #[column(generated = |t| t.net * 2)]
    double: i64,
}

fn main() {
    let _ = Offer::update_each([(1, 3)], |o| o.double);
}
