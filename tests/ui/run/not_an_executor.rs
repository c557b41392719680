//! A statement run on something that is no database.

use relvar::prelude::*;
use schema::User;

async fn case(url: &str) -> relvar::Result<()> {
    let _ = User::query().all(url).await?;
    Ok(())
}

fn main() {}
