//! The key of a table that has none.

use relvar::prelude::*;
use schema::Event;

async fn case(db: &Db<Postgres>) -> relvar::Result<()> {
    let _ = Event::find(1, db).await?;
    Ok(())
}

fn main() {}
