//! A generated column that is set.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "invoices", dialect = Postgres)]
struct Invoice {
    #[column(primary_key)]
    id: i64,
    net: i64,
    #[column(generated = |t| t.net * 2)]
    double: i64,
}

fn main() {
    let _ = Invoice::update().filter(|i| i.double.gt(3)).set(|i| i.double.set(4));
}
