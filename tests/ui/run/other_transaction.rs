//! A transaction of another database.

use relvar::prelude::*;
use schema::User;

async fn case(tx: Tx<Sqlite>) -> relvar::Result<()> {
    User::delete().filter(|u| u.id.eq(1)).execute(&tx).await?;
    Ok(())
}

fn main() {}
