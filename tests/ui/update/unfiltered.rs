//! An update of every row by accident.

use relvar::prelude::*;
use schema::Thread;

async fn case(db: &Db<Postgres>) -> relvar::Result<()> {
    Thread::update().set(|t| t.title.set("x")).execute(db).await?;
    Ok(())
}

fn main() {}
