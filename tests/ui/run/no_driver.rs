//! A database that the build has no driver for.

use relvar::prelude::*;
use schema::*;

async fn case(db: &Db<Postgres>) -> relvar::Result<()> {
    let _ = (db, Db::<MySql>::connect("mysql://localhost").await?);
    Ok(())
}

fn main() {}
