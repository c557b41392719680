//! A database that the build has no driver for.

use relvar::prelude::*;

async fn case() -> relvar::Result<Db<MySql>> {
    Db::<MySql>::connect("mysql://localhost").await
}

fn main() {}
