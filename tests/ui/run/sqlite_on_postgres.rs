//! A query of SQLite on PostgreSQL.

use relvar::prelude::*;
use schema::Draft;

async fn case(db: &Db<Postgres>) -> relvar::Result<()> {
    let _ = Draft::query().first(db).await?;
    Ok(())
}

fn main() {}
