//! A function for one database called with another.

use relvar::prelude::*;
use schema::User;

async fn users(db: impl Executor<Postgres>) -> relvar::Result<Vec<User>> {
    User::query().all(db).await
}

async fn case(db: &Db<MySql>) -> relvar::Result<()> {
    users(db).await?;
    Ok(())
}

fn main() {}
