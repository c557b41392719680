//! A merge without a branch.

use relvar::prelude::*;
use schema::{Category, Team};

async fn run(db: &Db<Postgres>) -> relvar::Result<u64> {
    Team::merge().using(Category::table(), |t, c| t.size.eq(c.id)).execute(db).await
}

fn main() {}
