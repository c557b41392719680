//! A transaction, which may be run again, that gives away what it needs.

use relvar::prelude::*;
use schema::{NewUser, User};

async fn case(db: &Db<Postgres>, new: NewUser) -> relvar::Result<()> {
    db.transaction(move |tx| async move {
        User::insert(new).execute(&tx).await?;
        relvar::Result::Ok(())
    })
    .await
}

fn main() {}
