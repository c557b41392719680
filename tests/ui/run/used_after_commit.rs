//! A transaction used after its end.

use relvar::prelude::*;
use schema::User;

async fn case(db: &Db<Postgres>) -> relvar::Result<()> {
    let tx = db.begin().await?;
    tx.commit().await?;
    User::delete().filter(|u| u.id.eq(1)).execute(&tx).await?;
    Ok(())
}

fn main() {}
