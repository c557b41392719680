//! A query of PostgreSQL on SQLite.

use relvar::prelude::*;
use schema::Thread;

async fn case(db: &Db<Sqlite>) -> relvar::Result<()> {
    let _ = Thread::query().all(db).await?;
    Ok(())
}

fn main() {}
