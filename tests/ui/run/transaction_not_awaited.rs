//! A transaction that is never awaited.

#![deny(unused_must_use)]

use relvar::prelude::*;

async fn case(db: &Db<Postgres>) {
    db.transaction(|_tx| async move { Ok::<_, relvar::Error>(()) });
}

fn main() {}
