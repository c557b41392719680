//! A statement that is never awaited.

#![deny(unused_must_use)]

use relvar::prelude::*;
use schema::User;

async fn case(db: &Db<Postgres>) {
    User::delete().filter(|u| u.id.eq(1)).execute(db);
}

fn main() {}
