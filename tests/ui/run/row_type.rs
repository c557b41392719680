//! Rows of another type than they are.

use relvar::prelude::*;
use schema::{Thread, User};

async fn case(db: &Db<Postgres>) -> relvar::Result<()> {
    let _: Vec<(String, String)> = Thread::query()
        .left_join(User::table(), |t, u| t.user_id.eq(u.id))
        .select(|(t, u)| (t.title, u.name))
        .all(db)
        .await?;
    Ok(())
}

fn main() {}
