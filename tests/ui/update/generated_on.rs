//! A generated column that an update for fewer databases sets.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "vouchers")]
struct Voucher {
    #[column(primary_key)]
    id: i64,
    net: i64,
    #[column(generated = |t| t.net * 2)]
    double: i64,
}

fn main() {
    let update = Voucher::update().only_on::<Postgres>().filter(|r| r.id.eq(1));
    let _ = update.set(|r| r.double.set_on(sql!("abs({})", r.net).only_on::<Postgres>().returns::<i64>()));
}
