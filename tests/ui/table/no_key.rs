//! A row saved by the key that its table does not have.

use relvar::prelude::*;
use schema::Event;

async fn case(db: &Db<Postgres>, event: Event) -> relvar::Result<()> {
    event.save(db).await
}

fn main() {}
