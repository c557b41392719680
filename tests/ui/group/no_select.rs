//! A grouped query without a select list.

use relvar::prelude::*;
use schema::Thread;

async fn case(db: &Db<Postgres>) -> relvar::Result<()> {
    let _ = Thread::query().group_by(|t| t.user_id).all(db).await?;
    Ok(())
}

fn main() {}
