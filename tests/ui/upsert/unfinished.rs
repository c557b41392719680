//! A conflict without a word on what to do.

use relvar::prelude::*;
use schema::{NewUser, User};

async fn case(db: &Db<Postgres>) -> relvar::Result<()> {
    User::insert(NewUser { email: "a".into(), name: "b".into() }).on_conflict(User::EMAIL_KEY).execute(db).await?;
    Ok(())
}

fn main() {}
