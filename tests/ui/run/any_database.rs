//! A query of one database on one that is chosen at run time.

use relvar::prelude::*;
use schema::Order;

async fn case(db: &Db<relvar::runtime::Any>) -> relvar::Result<()> {
    let _ = Order::query().count(db).await?;
    Ok(())
}

fn main() {}
