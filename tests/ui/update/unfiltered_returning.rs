//! A delete of every row by accident, with RETURNING.

use relvar::prelude::*;
use schema::Thread;

async fn case(db: &Db<Postgres>) -> relvar::Result<()> {
    let _ = Thread::delete().returning().all(db).await?;
    Ok(())
}

fn main() {}
