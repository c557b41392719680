//! A generated column that an upsert for fewer databases sets.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "tolls")]
struct Toll {
    #[column(primary_key)]
    id: i64,
    net: i64,
    #[column(generated = |t| t.net * 2)]
    double: i64,
}

fn main() {
    let insert = Toll::insert(Toll { id: 1, net: 2, double: 4 }).only_on::<Postgres>();
    let _ = insert.on_conflict(Toll::PRIMARY_KEY).update(|r, new| r.double.set_on(new.net));
}
