//! A generated column that an upsert for fewer databases sets.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "bills")]
struct Bill {
    #[column(primary_key)]
    id: i64,
    net: i64,
    #[column(generated = |t| t.net * 2)]
    double: i64,
}

fn main() {
    let insert = Bill::insert(Bill { id: 1, net: 2, double: 4 }).only_on::<Postgres>();
    let _ = insert.on_conflict(Bill::PRIMARY_KEY).update(|r, new| r.double.set_on(new.net));
}
