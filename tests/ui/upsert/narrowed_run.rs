//! An insert for MySQL and MariaDB, run on PostgreSQL.

use relvar::prelude::*;
use schema::Item;

async fn run(db: Db<Postgres>, item: Item) -> relvar::Result<u64> {
    let insert = Item::insert(item).only_on::<(MySql, MariaDb)>();
    insert.on_duplicate_key().update(|i, new| i.title.set(new.title)).execute(&db).await
}

fn main() {}
