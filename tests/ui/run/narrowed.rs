//! A join that made a portable query one of PostgreSQL, on SQLite.

use relvar::prelude::*;
use schema::{Item, Thread};

async fn case(db: &Db<Sqlite>) -> relvar::Result<()> {
    let _ = Item::query().join(Thread::table(), |i, t| i.id.eq(t.id)).exists(db).await?;
    Ok(())
}

fn main() {}
