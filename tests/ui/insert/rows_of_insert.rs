//! The rows of an insert without RETURNING.

use relvar::prelude::*;
use schema::{NewUser, User};

async fn case(db: &Db<Postgres>) -> relvar::Result<()> {
    let _ = User::insert(NewUser { email: "a".into(), name: "b".into() }).one(db).await?;
    Ok(())
}

fn main() {}
