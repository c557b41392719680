//! A query of PostgreSQL on MySQL.

use relvar::prelude::*;
use schema::Thread;

async fn case(db: &Db<MySql>) -> relvar::Result<()> {
    let _ = Thread::query().all(db).await?;
    Ok(())
}

fn main() {}
