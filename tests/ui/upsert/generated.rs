//! A generated column that an upsert sets.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "receipts", dialect = Postgres)]
struct Receipt {
    #[column(primary_key)]
    id: i64,
    net: i64,
    #[column(generated = |t| t.net * 2)]
    double: i64,
}

fn main() {
    let row = Receipt { id: 1, net: 2, double: 4 };
    let _ = Receipt::insert(row).on_conflict(Receipt::PRIMARY_KEY).update(|r, new| r.double.set(new.net));
}
